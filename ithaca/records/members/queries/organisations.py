"""Finding a practice by name, postcode or code."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace

from ithaca.records.members.models import Membership, Organisation, Placement

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


@dataclass(frozen=True, slots=True)
class OrganisationInAreas:
    """An organisation, and the areas it lies in today: (kind, name), the name being the code where none is known."""

    name: str
    code: str
    postcode: str
    is_open: bool
    areas: tuple[tuple[str, str], ...]


def areas_of(organisation: str, day: date) -> tuple[tuple[str, str], ...]:
    """Return the areas an organisation lies in on a day, the smallest first: (kind, name or code)."""
    current: QuerySet[Placement] = Placement.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    found = current.filter(organisation=organisation).values_list("area__kind", "area__name", "area")
    kinds = ("pcn", "sub_icb", "icb", "region")
    return tuple((kind, name or code) for kind, name, code in sorted(found, key=lambda row: kinds.index(row[0])))


def place_of(membership: Membership, day: date) -> OrganisationInAreas | None:
    organisation = membership.organisation
    if organisation is None:
        return None
    areas = areas_of(organisation.code, day)
    return OrganisationInAreas(organisation.name, organisation.code, organisation.postcode, organisation.is_open, areas)
