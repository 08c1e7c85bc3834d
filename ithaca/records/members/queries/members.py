"""Every member of a scheme for its desk, by name."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models.functions import Left, Upper
from django.utils import timezone

from ithaca.records.members.models import Membership
from ithaca.records.queues import Line, Slice, cut
from ithaca.records.schemes.models import Scheme

SHOWN = ("applied", "verifying", "correcting", "active", "grace", "lapsed", "suspended")


def members(scheme: Scheme, but: UUID, initial: str, start: int, stop: int) -> Slice[Line]:
    """Members and those who ask to be, whose names begin with a letter; all of them for an empty one."""
    rows = Membership.objects.filter(scheme=scheme, stage__in=SHOWN).exclude(user=but)
    if initial:
        rows = rows.filter(user__name__istartswith=initial)
    fields = ("pk", "stage", "stage_since", "user__name", "organisation__name", "unlisted_practice")
    return cut(rows.order_by("user__name", "pk"), _line, start, stop, *fields)


def initials(scheme: Scheme, but: UUID) -> list[str]:
    """The letters that members' names begin with."""
    rows = Membership.objects.filter(scheme=scheme, stage__in=SHOWN).exclude(user=but)
    found = rows.annotate(initial=Upper(Left("user__name", 1))).values_list("initial", flat=True).distinct()
    return sorted(letter for letter in found if letter)


def _line(row: Mapping[str, Any]) -> Line:
    where = row["organisation__name"] or row["unlisted_practice"]
    return Line(row["pk"], row["stage"], timezone.localdate(row["stage_since"]), row["user__name"], where or "")
