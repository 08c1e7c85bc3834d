"""Reading the sessions of a room: facts only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Q

from ithaca.records import times
from ithaca.records.mentorships.models import Session
from ithaca.records.mentorships.room.emails.sessions import appointment
from ithaca.records.mentorships.rules.deadlines import CORRECTABLE_FOR
from ithaca.records.mentorships.rules.stages.room import BOOKED, SessionStage
from ithaca.records.schemes.vocabulary import WAYS
from ithaca.records.stages import Party
from ithaca.tools.post import calendar
from ithaca.tools.post.outbox import Invitation


def file_for(session: Session, party: Party, at: datetime) -> Invitation:
    """Return the same file as the newest email about this session carried."""
    room = session.mentorship
    theirs = appointment(session, room.mentee if party is Party.MENTEE else room.mentor)
    return calendar.cancel(theirs, at) if session.stage == SessionStage.CANCELLED else calendar.request(theirs, at)


NEAR = timedelta(minutes=30)
"""How long before its time a session keeps the room unlocked."""


@dataclass(frozen=True, slots=True)
class ShownSession:
    """One session as the two see it. `way` is a code; `place` is an address, a link or a number, or empty."""

    pk: UUID
    mentorship: UUID
    stage: str
    starts_at: datetime
    minutes: int
    way: str
    place: str
    version: int
    stage_since: datetime

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def way_in_words(self) -> str:
        return str(WAYS.get(self.way, self.way))

    @property
    def link(self) -> str:
        """The place as something to follow: a web address, or a telephone number to call; empty when it is neither."""
        if urlsplit(self.place).scheme in ("http", "https") and not any(mark.isspace() for mark in self.place):
            return self.place
        digits = "".join(mark for mark in self.place if mark not in " ()-")
        is_number = digits.removeprefix("+").isdecimal() and digits.isascii() and len(digits) >= 7
        return f"tel:{digits}" if self.way == "phone" and is_number else ""

    @property
    def booked(self) -> bool:
        return self.stage in BOOKED

    def is_on(self, at: datetime) -> bool:
        """Say whether it is about to begin, going on or only just over."""
        return self.booked and self.starts_at - NEAR <= at <= self.ends_at + NEAR

    def may_be_said(self, at: datetime) -> bool:
        """Can either say now that they met, or did not? From its day on."""
        return self.booked and times.london_date(self.starts_at) <= times.london_date(at)

    def correctable_until(self, at: datetime) -> date | None:
        """Until when what was said of it can be corrected; None when nothing was said, or it is too late."""
        if self.stage not in (SessionStage.HELD, SessionStage.NO_SHOW) or at > self.stage_since + CORRECTABLE_FOR:
            return None
        return times.london_date(self.stage_since + CORRECTABLE_FOR)


def shown(session: Session) -> ShownSession:
    """Open the way and the place of a session, empty once they are destroyed; raises Tampered."""
    return ShownSession(
        session.pk,
        session.mentorship_id,
        session.stage,
        session.starts_at,
        session.minutes,
        Session.way.unseal(session),
        Session.place.unseal(session),
        session.version,
        session.stage_since,
    )


def is_set(session: UUID, mentorship: UUID) -> bool:
    """Say whether the form of this uuid has booked a session in this room already."""
    return Session.objects.filter(pk=session, mentorship=mentorship).exists()


def sessions_of(mentorship: UUID) -> list[ShownSession]:
    """Every session of the room, the earliest first, in one query."""
    return sessions_among([mentorship])[mentorship]


def sessions_among(mentorships: Iterable[UUID]) -> dict[UUID, list[ShownSession]]:
    """Return the same of several rooms at once, by room, in one query."""
    found: dict[UUID, list[ShownSession]] = {mentorship: [] for mentorship in mentorships}
    for row in Session.objects.filter(mentorship__in=found).order_by("starts_at", "number"):
        found[row.mentorship_id].append(shown(row))
    return found


def keeps_open_until(person: UUID, at: datetime) -> datetime | None:
    """Return the end of a session of this person's that is near or running, or None.

    Until then idleness does not lock.
    """
    theirs = Q(mentorship__mentee__user=person) | Q(mentorship__mentor__user=person)
    booked = Session.objects.filter(theirs, stage__in=BOOKED)
    near = booked.filter(starts_at__lte=at + NEAR, starts_at__gt=at - timedelta(hours=3))
    ends = [row.starts_at + timedelta(minutes=row.minutes) for row in near.only("starts_at", "minutes")]
    return max((end for end in ends if end > at), default=None)
