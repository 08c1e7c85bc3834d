"""Reading applications to mentor.

`but` is the coordinator who looks: their own records are left out, because nobody handles their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from ithaca.records.members.choices import CHECKS, IMPROVEMENTS
from ithaca.records.members.models import Membership, MentorApplication
from ithaca.records.members.offers import Offer
from ithaca.records.members.queries.accounts import names_of
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.members.queries.organisations import OrganisationInAreas, place_of
from ithaca.records.members.stages import ApplicationStage
from ithaca.records.queues import Line, Slice, cut
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import PROFESSIONS


@dataclass(frozen=True, slots=True)
class Check:
    """One of the scheme's checks of a mentor, and when it was passed and who says so."""

    code: str
    words: str
    passed_on: date | None
    passed_by: str


@dataclass(frozen=True, slots=True)
class ApplicationToDecide:
    """An offer to mentor on its way through the checks. `asked` is what more the coordinator would like to hear."""

    name: str
    email: str
    profession: str
    where: OrganisationInAreas | None
    offer: Offer
    capacity: int
    checks: tuple[Check, ...]
    asked: tuple[str, ...]

    @property
    def all_passed(self) -> bool:
        return all(check.passed_on for check in self.checks)


def waiting(scheme: Scheme, but: UUID, start: int, stop: int) -> Slice[Line]:
    """Offers to mentor that wait for the coordinator, by the date they were sent."""
    rows = MentorApplication.objects.filter(
        membership__scheme=scheme,
        stage__in=[ApplicationStage.SUBMITTED, ApplicationStage.CHECKS, ApplicationStage.CONVERSATION],
    ).exclude(membership__user=but)
    fields = ("pk", "stage", "stage_since", "submitted_at", "membership__user__name")
    return cut(rows.order_by("submitted_at", "pk"), _line, start, stop, *fields)


def to_decide(application: MentorApplication, day: date) -> ApplicationToDecide:
    """Return an opened application to decide on, with the scheme's checks in their order and its areas as of a day."""
    membership = application.membership
    names = names_of([UUID(passed["by"]) for passed in application.checks.values()])
    return ApplicationToDecide(
        name=membership.user.name,
        email=membership.user.email,
        profession=str(PROFESSIONS.get(membership.profession, membership.profession)),
        where=place_of(membership, day),
        offer=offer_of(application),
        capacity=application.capacity,
        checks=tuple(_check(code, application.checks.get(code), names) for code in membership.scheme.checks),
        asked=tuple(str(IMPROVEMENTS[code]) for code in application.to_improve if code in IMPROVEMENTS),
    )


def _check(code: str, passed: Mapping[str, str] | None, names: Mapping[UUID, str]) -> Check:
    words = str(CHECKS.get(code, code))
    if passed is None:
        return Check(code, words, None, "")
    return Check(code, words, date.fromisoformat(passed["on"]), names[UUID(passed["by"])])


def _line(row: Mapping[str, Any]) -> Line:
    since = row["submitted_at"] or row["stage_since"]
    return Line(row["pk"], row["stage"], timezone.localdate(since), row["membership__user__name"])


def application_of(membership: Membership) -> MentorApplication | None:
    """Return the member's offer on its way, or what has become of it."""
    return MentorApplication.objects.filter(membership=membership).first()
