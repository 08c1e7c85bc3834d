"""What we have already of the people in some rows, read in a few queries whatever their number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Q

from ithaca.records.members.models import Membership, MentorStanding, Organisation, User
from ithaca.records.members.queries.exclusions import shunned_pairs
from ithaca.records.members.stages import ApplicationStage
from ithaca.records.mentorships.importing.entries import Entry
from ithaca.records.mentorships.models import MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing.queries.conflicts import declared_by, too_close
from ithaca.records.mentorships.pairing.queries.places import taken
from ithaca.records.mentorships.rules.stages.pairing import CLOSED
from ithaca.records.mentorships.rules.stages.room import RUNNING, SessionStage
from ithaca.records.schemes.models import Scheme

Thing = TypeVar("Thing")


@dataclass(slots=True)
class Known:
    """The members of the scheme by address, and what they have: standings, requests, mentorships, by membership.

    `coordinator` is whose sheet it is: nobody handles their own. `taken` counts the places of mentors by standing,
    and goes up with each new pair that is judged good. `apart` are pairs of people of whom one keeps away from the
    other, `declared` what they have declared: nobody is told of either.
    """

    scheme: Scheme
    coordinator: UUID
    own_address: str
    today: date
    members: dict[str, Membership] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    standings: dict[UUID, MentorStanding] = field(default_factory=dict)
    offering: set[UUID] = field(default_factory=set)
    requests: dict[UUID, MentoringRequest] = field(default_factory=dict)
    dealt_with: set[tuple[UUID, date]] = field(default_factory=set)
    pairs: dict[tuple[UUID, UUID], Mentorship] = field(default_factory=dict)
    held: dict[UUID, int] = field(default_factory=dict)
    taken: dict[UUID, int] = field(default_factory=dict)
    apart: set[tuple[UUID, UUID]] = field(default_factory=set)
    declared: dict[UUID, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    def member(self, email: str | None) -> Membership | None:
        return self.members.get(email or "")

    def is_own(self, member: Membership | None) -> bool:
        return member is not None and member.user_id == self.coordinator

    def are_apart(self, mentee: Membership, mentor: Membership) -> bool:
        """Tell whether these two must not be matched, by a private list or by what one of them declared."""
        return (mentee.user_id, mentor.user_id) in self.apart or too_close(self.declared, mentee, mentor)


_AT_ONCE = 500


def load(kind: str, scheme: Scheme, entries: Iterable[Entry], coordinator: UUID, today: date) -> Known:
    """Read what the entries are about."""
    own = User.objects.filter(pk=coordinator).values_list("email", flat=True).first()
    found = Known(scheme, coordinator, own or "", today)
    rows = list(entries)
    emails = {entry.values[name] for entry in rows for name in ("email", "mentee", "mentor") if name in entry.values}
    codes = {entry.values["organisation"] for entry in rows if "organisation" in entry.values}
    for some in _pieces(emails):
        members = Membership.objects.filter(scheme=scheme, user__email__in=some).select_related("user", "scheme")
        found.members |= {member.user.email: member for member in members}
    for some in _pieces(codes):
        found.organisations |= Organisation.objects.in_bulk(some)
    ids = [member.pk for member in found.members.values()]
    if kind in ("mentors", "pairs"):
        _load_mentors(found, ids)
    if kind == "waiting":
        _load_requests(found, ids)
    if kind == "pairs":
        _load_pairs(found, ids)
        _load_apart(found, rows)
    return found


def _load_mentors(found: Known, ids: list[UUID]) -> None:
    for some in _pieces(ids):
        rows = MentorStanding.objects.filter(membership__in=some).select_related("membership__user")
        found.standings |= {row.membership_id: row for row in rows}
        open_offers = Membership.objects.filter(
            pk__in=some, application__stage__in=[ApplicationStage.SUBMITTED, ApplicationStage.CHECKS]
        )
        talked = Membership.objects.filter(pk__in=some, application__stage=ApplicationStage.CONVERSATION)
        found.offering |= set((open_offers | talked).values_list("pk", flat=True))
    for some_rows in _pieces(found.standings.values()):
        found.taken |= taken(some_rows)


def _load_requests(found: Known, ids: list[UUID]) -> None:
    for some in _pieces(ids):
        for row in MentoringRequest.objects.filter(membership__in=some).select_related("membership__user"):
            if row.stage not in CLOSED:
                found.requests[row.membership_id] = row
            elif row.asked_on:
                found.dealt_with.add((row.membership_id, row.asked_on))
        paired = Mentorship.objects.filter(mentee__in=some, asked_on__isnull=False)
        found.dealt_with |= {(mentee, day) for mentee, day in paired.values_list("mentee", "asked_on") if day}


def _load_pairs(found: Known, ids: list[UUID]) -> None:
    for some in _pieces(ids):
        rows = Mentorship.objects.filter(mentee__in=some, stage__in=RUNNING)
        held = Count("sessions", filter=Q(sessions__stage=SessionStage.HELD))
        for row in rows.select_related("mentee__user", "mentor__user").annotate(held_here=held):
            found.pairs[row.mentee_id, row.mentor_id] = row
            found.held[row.pk] = row.held_here


def _load_apart(found: Known, rows: Iterable[Entry]) -> None:
    named = [(found.member(row.get("mentee")), found.member(row.get("mentor"))) for row in rows]
    pairs = [(mentee.user_id, mentor.user_id) for mentee, mentor in named if mentee and mentor]
    for some in _pieces(pairs):
        mentees, mentors = zip(*some, strict=True)
        found.apart |= shunned_pairs(mentees, mentors)
        found.declared |= declared_by((*mentees, *mentors))


def _pieces(things: Iterable[Thing]) -> Iterable[list[Thing]]:
    """Split into a few hundred at a time, as a query takes only so many."""
    every = list(things)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]
