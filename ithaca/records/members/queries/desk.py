"""What a coordinator's desk shows of memberships and offers to mentor.

`but` is the coordinator who looks: their own records are left out, because nobody handles their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from ithaca.records.members.models import (
    Membership,
    MentorApplication,
    PersonalInvitation,
    Placement,
    User,
)
from ithaca.records.members.offers import Offer
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.members.words import CHECKS, CORRECTIONS, IMPROVEMENTS
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
class Where:
    """An organisation, and the areas it lies in today: (kind, name), the name being the code where none is known."""

    name: str
    code: str
    postcode: str
    is_open: bool
    areas: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Register:
    """A professional register: the number given, where to look it up, and the dated check by hand, if made."""

    name: str
    number: str
    page: str
    checked_on: date | None
    checked_by: str


@dataclass(frozen=True, slots=True)
class ToCheck:
    """What someone said when they asked to join. `asked` is what they have been asked to correct."""

    name: str
    email: str
    profession: str
    where: Where | None
    unlisted_practice: str
    took_up_post_on: date | None
    subscriber_number: str
    subscriber_name: str
    valid_until: date | None
    register: Register | None
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One of the scheme's checks of a mentor, and when it was passed and who says so."""

    code: str
    words: str
    passed_on: date | None
    passed_by: str


@dataclass(frozen=True, slots=True)
class ToDecide:
    """An offer to mentor on its way through the checks. `asked` is what more the coordinator would like to hear."""

    name: str
    email: str
    profession: str
    where: Where | None
    offer: Offer
    capacity: int
    checks: tuple[Check, ...]
    asked: tuple[str, ...]

    @property
    def all_passed(self) -> bool:
        return all(check.passed_on for check in self.checks)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A personal link that was made: when, until when, and whether it has been used. Never by whom."""

    pk: UUID
    made_on: date
    expires_on: date
    used: bool
    over: bool


def memberships(scheme: Scheme, but: UUID, start: int, stop: int) -> Slice[Line]:
    """Memberships that wait for the coordinator, by the date of asking."""
    rows = Membership.objects.filter(scheme=scheme, stage__in=["applied", "verifying"]).exclude(user=but)
    fields = ("pk", "stage", "applied_at", "user__name", "organisation__name", "unlisted_practice")
    return cut(rows.order_by("applied_at", "pk"), _membership_line, start, stop, *fields)


def applications(scheme: Scheme, but: UUID, start: int, stop: int) -> Slice[Line]:
    """Offers to mentor that wait for the coordinator, by the date they were sent."""
    rows = MentorApplication.objects.filter(
        membership__scheme=scheme, stage__in=["submitted", "checks", "conversation"]
    ).exclude(membership__user=but)
    fields = ("pk", "stage", "stage_since", "submitted_at", "membership__user__name")
    return cut(rows.order_by("submitted_at", "pk"), _application_line, start, stop, *fields)


def to_check(membership: Membership, day: date) -> ToCheck:
    """What there is to check of a membership that the gate has opened, with its areas as of a day."""
    register = REGISTERS.get(membership.profession)
    return ToCheck(
        name=membership.user.name,
        email=membership.user.email,
        profession=str(PROFESSIONS.get(membership.profession, membership.profession)),
        where=_where(membership, day),
        unlisted_practice=membership.unlisted_practice,
        took_up_post_on=membership.took_up_post_on,
        subscriber_number=membership.subscriber_number,
        subscriber_name=membership.subscriber_name,
        valid_until=membership.valid_until,
        register=_register(membership, register) if register else None,
        asked=tuple(str(CORRECTIONS[code]) for code in membership.to_correct if code in CORRECTIONS),
    )


def to_decide(application: MentorApplication, day: date) -> ToDecide:
    """An application that the gate has opened, with the scheme's checks in their order and its areas as of a day."""
    membership = application.membership
    names = _names([UUID(passed["by"]) for passed in application.checks.values()])
    return ToDecide(
        name=membership.user.name,
        email=membership.user.email,
        profession=str(PROFESSIONS.get(membership.profession, membership.profession)),
        where=_where(membership, day),
        offer=offer_of(application),
        capacity=application.capacity,
        checks=tuple(_check(code, application.checks.get(code), names) for code in membership.scheme.checks),
        asked=tuple(str(IMPROVEMENTS[code]) for code in application.to_improve if code in IMPROVEMENTS),
    )


def invitations(scheme: Scheme, at: datetime, start: int, stop: int) -> Slice[Invitation]:
    """The personal links for mentors made in this scheme, the newest first."""
    rows = PersonalInvitation.objects.filter(scheme=scheme, purpose=PersonalInvitation.Purpose.MENTOR)

    def line(row: Mapping[str, Any]) -> Invitation:
        return Invitation(
            pk=row["pk"],
            made_on=timezone.localdate(row["made_at"]),
            expires_on=timezone.localdate(row["expires_at"]),
            used=row["used_at"] is not None,
            over=row["expires_at"] <= at,
        )

    return cut(rows.order_by("-made_at", "pk"), line, start, stop, "pk", "made_at", "expires_at", "used_at")


def areas_of(organisation: str, day: date) -> tuple[tuple[str, str], ...]:
    """The areas an organisation lies in on a day, the smallest first: (kind, name or code)."""
    current: QuerySet[Placement] = Placement.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    found = current.filter(organisation=organisation).values_list("area__kind", "area__name", "area")
    kinds = ("pcn", "sub_icb", "icb", "region")
    return tuple((kind, name or code) for kind, name, code in sorted(found, key=lambda row: kinds.index(row[0])))


def _where(membership: Membership, day: date) -> Where | None:
    organisation = membership.organisation
    if organisation is None:
        return None
    areas = areas_of(organisation.code, day)
    return Where(organisation.name, organisation.code, organisation.postcode, organisation.is_open, areas)


def _register(membership: Membership, name: str) -> Register:
    by = membership.registration_checked_by
    return Register(
        name=name,
        number=membership.registration_number,
        page=REGISTER_PAGES[name],
        checked_on=membership.registration_checked_on,
        checked_by=_names([by])[by] if by else "",
    )


def _check(code: str, passed: Mapping[str, str] | None, names: Mapping[UUID, str]) -> Check:
    words = str(CHECKS.get(code, code))
    if passed is None:
        return Check(code, words, None, "")
    return Check(code, words, date.fromisoformat(passed["on"]), names[UUID(passed["by"])])


def _names(people: list[UUID]) -> dict[UUID, str]:
    found = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    return {person: found.get(person, "") for person in people}


def _membership_line(row: Mapping[str, Any]) -> Line:
    detail = row["organisation__name"] or row["unlisted_practice"]
    return Line(row["pk"], row["stage"], timezone.localdate(row["applied_at"]), row["user__name"], detail)


def _application_line(row: Mapping[str, Any]) -> Line:
    since = row["submitted_at"] or row["stage_since"]
    return Line(row["pk"], row["stage"], timezone.localdate(since), row["membership__user__name"])
