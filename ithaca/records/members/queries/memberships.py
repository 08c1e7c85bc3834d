"""Reading memberships, and listing them for a coordinator.

`but` is the coordinator who looks: their own records are left out, because nobody handles their own.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Left, Upper
from django.utils import timezone

from ithaca.records.members.choices import CORRECTIONS
from ithaca.records.members.models import Membership, User
from ithaca.records.members.queries.accounts import names_of
from ithaca.records.members.queries.organisations import OrganisationInAreas, place_of
from ithaca.records.members.stages import MembershipStage
from ithaca.records.queues import Line, Slice, cut
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import PROFESSIONS, REGISTERS

REGISTER_PAGES = {
    "GMC": "https://www.gmc-uk.org/registrants",
    "NMC": "https://www.nmc.org.uk/registration/search-register/",
    "HCPC": "https://www.hcpc-uk.org/check-the-register/",
}
"""Where anyone may look a register number up."""


@dataclass(frozen=True, slots=True)
class Register:
    """A professional register: the number given, where to look it up, and the dated check by hand, if made."""

    name: str
    number: str
    page: str
    checked_on: date | None
    checked_by: str


@dataclass(frozen=True, slots=True)
class MembershipToCheck:
    """What someone said when they asked to join. `asked` is what they have been asked to correct."""

    name: str
    email: str
    profession: str
    where: OrganisationInAreas | None
    unlisted_practice: str
    took_up_post_on: date | None
    subscriber_number: str
    subscriber_name: str
    valid_until: date | None
    register: Register | None
    asked: tuple[str, ...]


def waiting(scheme: Scheme, but: UUID, start: int, stop: int) -> Slice[Line]:
    """Memberships that wait for the coordinator, by the date of asking."""
    rows = Membership.objects.filter(
        scheme=scheme, stage__in=[MembershipStage.APPLIED, MembershipStage.VERIFYING]
    ).exclude(user=but)
    fields = ("pk", "stage", "applied_at", "user__name", "organisation__name", "unlisted_practice")
    return cut(rows.order_by("applied_at", "pk"), _line, start, stop, *fields)


def to_check(membership: Membership, day: date) -> MembershipToCheck:
    """Return what there is to check of a membership that the gate has opened, with its areas as of a day."""
    register = REGISTERS.get(membership.profession)
    return MembershipToCheck(
        name=membership.user.name,
        email=membership.user.email,
        profession=str(PROFESSIONS.get(membership.profession, membership.profession)),
        where=place_of(membership, day),
        unlisted_practice=membership.unlisted_practice,
        took_up_post_on=membership.took_up_post_on,
        subscriber_number=membership.subscriber_number,
        subscriber_name=membership.subscriber_name,
        valid_until=membership.valid_until,
        register=_register(membership, register) if register else None,
        asked=tuple(str(CORRECTIONS[code]) for code in membership.to_correct if code in CORRECTIONS),
    )


def _register(membership: Membership, name: str) -> Register:
    by = membership.registration_checked_by
    return Register(
        name=name,
        number=membership.registration_number,
        page=REGISTER_PAGES[name],
        checked_on=membership.registration_checked_on,
        checked_by=names_of([by])[by] if by else "",
    )


def _line(row: Mapping[str, Any]) -> Line:
    detail = row["organisation__name"] or row["unlisted_practice"]
    return Line(row["pk"], row["stage"], timezone.localdate(row["applied_at"]), row["user__name"], detail)


SHOWN = (
    MembershipStage.APPLIED,
    MembershipStage.VERIFYING,
    MembershipStage.CORRECTING,
    MembershipStage.ACTIVE,
    MembershipStage.GRACE,
    MembershipStage.LAPSED,
    MembershipStage.SUSPENDED,
)


FIELDS = ("pk", "stage", "stage_since", "user__name", "organisation__name", "unlisted_practice")


def by_name(scheme: Scheme, but: UUID, initial: str, start: int, stop: int) -> Slice[Line]:
    """Members and those who ask to be, whose names begin with a letter; all of them for an empty one."""
    rows = _shown(scheme, but)
    if initial:
        rows = rows.filter(user__name__istartswith=initial)
    return cut(rows.order_by("user__name", "pk"), _member_line, start, stop, *FIELDS)


def search(scheme: Scheme, but: UUID, text: str, most: int) -> Slice[Line]:
    """Those with every word of `text` in their name, or in the name or code of their organisation; `most` of them.

    In one query that reads all names: a database compares accents and capitals in ways of its own.
    """
    words = _plain(text).split()
    rows = _shown(scheme, but).order_by("user__name", "pk").values(*FIELDS, "organisation")
    found = [row for row in rows if all(word in _searchable(row) for word in words)]
    return Slice(tuple(_member_line(row) for row in found[:most]), len(found))


def initials(scheme: Scheme, but: UUID) -> list[str]:
    """Return the letters that members' names begin with."""
    initial = Upper(Left("user__name", 1))
    found = _shown(scheme, but).annotate(initial=initial).values_list("initial", flat=True).distinct()
    return sorted(letter for letter in found if letter)


def _shown(scheme: Scheme, but: UUID) -> "QuerySet[Membership]":
    return Membership.objects.filter(scheme=scheme, stage__in=SHOWN).exclude(user=but)


def _searchable(row: Mapping[str, Any]) -> str:
    return _plain(" ".join([row["user__name"], _practice(row), row["organisation"] or ""]))


def _plain(text: str) -> str:
    """Without accents and capitals."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in letters if not unicodedata.combining(sign)).casefold()


def _practice(row: Mapping[str, Any]) -> str:
    return row["organisation__name"] or row["unlisted_practice"] or ""


def _member_line(row: Mapping[str, Any]) -> Line:
    return Line(row["pk"], row["stage"], timezone.localdate(row["stage_since"]), row["user__name"], _practice(row))


def memberships_of(user: User) -> tuple[Membership, ...]:
    """Every membership of this person, with its scheme."""
    found = Membership.objects.filter(user=user).exclude(stage=MembershipStage.ERASED)
    return tuple(found.select_related("scheme").order_by("applied_at"))
