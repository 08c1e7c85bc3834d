"""Reading the room two people share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ithaca.records.members.models import Membership
from ithaca.records.members.queries.accounts import telephone_of
from ithaca.records.mentorships.models import Agreement, Introduction, Mentorship
from ithaca.records.mentorships.room.queries.agreements import AgreementState, state_among
from ithaca.records.mentorships.room.queries.sessions import ShownSession, sessions_of
from ithaca.records.mentorships.rules.allowances import Allowance, allowance_among
from ithaca.records.mentorships.rules.stages.room import CAME_TO_NOTHING, MentorshipStage, SessionStage
from ithaca.records.stages import Party
from ithaca.tools.vault.keyring import Keyring


class Next(StrEnum):
    """What happens next in a room."""

    OVER = "over"
    GO_ON = "go on"
    SAY_WHETHER_MET = "say whether you met"
    MEET = "meet"
    BOOK_FIRST = "book the first session"
    AGREE = "agree"
    WAIT_FOR_YES = "wait for the other's yes"
    BOOK = "book a session"
    DECIDE = "decide whether to go on"
    USED_UP = "think of how to go on: the funded sessions are used up"


@dataclass(frozen=True, slots=True)
class Partner:
    """The other in the room."""

    name: str
    first_name: str
    telephone: str

    @property
    def dial(self) -> str:
        """The number as a telephone wants it: digits, and a plus before them."""
        return "".join(mark for mark in self.telephone if mark.isdecimal() or mark == "+")


@dataclass(frozen=True, slots=True)
class Room:
    """All that the first page of a room shows. Nothing in it needs a key of the two."""

    partner: Partner
    agreement: AgreementState
    upcoming: tuple[ShownSession, ...]
    unsaid: tuple[ShownSession, ...]
    past: tuple[ShownSession, ...]
    next: Next
    may_schedule: bool
    allowance: Allowance
    has_story: bool

    @property
    def next_session(self) -> ShownSession | None:
        return self.upcoming[0] if self.upcoming else None


def room_of(mentorship: Mentorship, party: Party, at: datetime) -> Room:
    """Return the room as this party sees it, in a fixed number of queries."""
    agreement = state_among(Agreement.objects.filter(mentorship=mentorship), party)
    return room_from(mentorship, party, sessions_of(mentorship.pk), agreement, at)


def room_from(
    mentorship: Mentorship, party: Party, meetings: Sequence[ShownSession], agreement: AgreementState, at: datetime
) -> Room:
    """Return the room, from what was read already. `meetings` begin with the earliest."""
    upcoming = tuple(meeting for meeting in meetings if meeting.booked and meeting.ends_at > at)
    unsaid = tuple(meeting for meeting in meetings if meeting.booked and meeting.ends_at <= at)
    past = tuple(meeting for meeting in reversed(meetings) if not meeting.booked)
    have_met = mentorship.held_before > 0 or any(meeting.stage == SessionStage.HELD for meeting in past)
    stages = (meeting.stage for meeting in meetings)
    scheme = mentorship.scheme
    allowance = allowance_among(scheme.allowance, mentorship.held_before, stages, may_go_on=scheme.beyond_allowance)
    may_schedule = mentorship.stage in (MentorshipStage.ACTIVE, MentorshipStage.MEDIATION) and _may_schedule(
        meetings, agreement
    )
    return Room(
        partner_of(mentorship, party),
        agreement,
        upcoming,
        unsaid,
        past,
        _next(mentorship, upcoming, unsaid, have_met, agreement, may_schedule, allowance),
        may_schedule and not allowance.forbids,
        allowance,
        _has_words(mentorship.introduction),
    )


def _next(
    mentorship: Mentorship,
    upcoming: Sequence[ShownSession],
    unsaid: Sequence[ShownSession],
    have_met: bool,
    agreement: AgreementState,
    may_schedule: bool,
    allowance: Allowance,
) -> Next:
    """Return what happens next; who acts follows from it."""
    stage = mentorship.stage
    if stage == MentorshipStage.ENDED:
        return Next.OVER
    if unsaid:
        return Next.SAY_WHETHER_MET
    if upcoming:
        return Next.MEET
    if stage == MentorshipStage.PAUSED:
        return Next.GO_ON
    if may_schedule and allowance.forbids:
        return Next.USED_UP
    if may_schedule:
        return Next.BOOK if have_met else Next.BOOK_FIRST
    if mentorship.one_off:
        return Next.DECIDE
    return Next.WAIT_FOR_YES if agreement.i_agreed else Next.AGREE


def _may_schedule(meetings: Iterable[ShownSession], agreement: AgreementState) -> bool:
    """As `room.actions.sessions.may_schedule`, from what was read already."""
    return agreement.in_force is not None or all(meeting.stage in CAME_TO_NOTHING for meeting in meetings)


def partner_of(mentorship: Mentorship, party: Party) -> Partner:
    """Return the other's name, and their phone number if they gave one."""
    user = _other(mentorship, party).user
    return Partner(user.name, user.get_short_name(), telephone_of(user))


def _other(mentorship: Mentorship, party: Party) -> Membership:
    return mentorship.mentor if party is Party.MENTEE else mentorship.mentee


def _has_words(introduction: Introduction | None) -> bool:
    """Say whether anything was written before they met: a story, or a question and its answer."""
    return introduction is not None and (introduction.story or introduction.question) is not None


def story_of(mentorship: Mentorship, keyring: Keyring | None) -> str:
    """Return what brought the mentee, in their own words.

    Empty when they wrote none. Raises Locked, NotGranted, Tampered.
    """
    introduction = mentorship.introduction
    return "" if introduction is None else Introduction.story.unseal(introduction, keyring)
