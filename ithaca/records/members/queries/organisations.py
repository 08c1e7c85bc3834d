"""Finding a practice by name, postcode or code."""

import re

from django.db.models import Q, Value
from django.db.models.functions import Replace

from ithaca.records.members.models import Organisation

MOST = 20
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?(?:[0-9][A-Z]{0,2})?")


def search(typed: str) -> list[Organisation]:
    """At most 20 organisations that fit, open ones first: by code, by the beginning of a postcode, or by every word."""
    close = "".join(typed.split()).upper()
    words = typed.split()
    if not words:
        return []
    wanted = Q(code=close)
    if _POSTCODE.fullmatch(close):
        wanted |= Q(close_postcode__startswith=close)
    by_name = Q()
    for word in words:
        by_name &= Q(name__icontains=word)
    rows = Organisation.objects.annotate(close_postcode=Replace("postcode", Value(" "), Value("")))
    return list(rows.filter(wanted | by_name).order_by("-is_open", "name", "code")[:MOST])


def by_code(code: str) -> Organisation | None:
    return Organisation.objects.filter(code=code).first()
