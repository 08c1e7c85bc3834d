"""Every member of a scheme for its desk, by name."""

import unicodedata
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Left, Upper
from django.utils import timezone

from ithaca.records.members.models import Membership
from ithaca.records.queues import Line, Slice, cut
from ithaca.records.schemes.models import Scheme

SHOWN = ("applied", "verifying", "correcting", "active", "grace", "lapsed", "suspended")


FIELDS = ("pk", "stage", "stage_since", "user__name", "organisation__name", "unlisted_practice")


def members(scheme: Scheme, but: UUID, initial: str, start: int, stop: int) -> Slice[Line]:
    """Members and those who ask to be, whose names begin with a letter; all of them for an empty one."""
    rows = _shown(scheme, but)
    if initial:
        rows = rows.filter(user__name__istartswith=initial)
    return cut(rows.order_by("user__name", "pk"), _line, start, stop, *FIELDS)


def members_named(scheme: Scheme, but: UUID, text: str, most: int) -> Slice[Line]:
    """Those with every word of `text` in their name, or in the name or code of their organisation; `most` of them.

    In one query that reads all names: a database compares accents and capitals in ways of its own.
    """
    words = _plain(text).split()
    rows = _shown(scheme, but).order_by("user__name", "pk").values(*FIELDS, "organisation")
    found = [row for row in rows if all(word in _names(row) for word in words)]
    return Slice(tuple(_line(row) for row in found[:most]), len(found))


def initials(scheme: Scheme, but: UUID) -> list[str]:
    """The letters that members' names begin with."""
    initial = Upper(Left("user__name", 1))
    found = _shown(scheme, but).annotate(initial=initial).values_list("initial", flat=True).distinct()
    return sorted(letter for letter in found if letter)


def _shown(scheme: Scheme, but: UUID) -> "QuerySet[Membership]":
    return Membership.objects.filter(scheme=scheme, stage__in=SHOWN).exclude(user=but)


def _names(row: Mapping[str, Any]) -> str:
    return _plain(" ".join([row["user__name"], _where(row), row["organisation"] or ""]))


def _plain(text: str) -> str:
    """Without accents and capitals."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in letters if not unicodedata.combining(sign)).casefold()


def _where(row: Mapping[str, Any]) -> str:
    return row["organisation__name"] or row["unlisted_practice"] or ""


def _line(row: Mapping[str, Any]) -> Line:
    return Line(row["pk"], row["stage"], timezone.localdate(row["stage_since"]), row["user__name"], _where(row))
