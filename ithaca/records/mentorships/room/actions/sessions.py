"""Setting a time to meet, moving it, calling it off, and saying whether it happened."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from ithaca.records import moves, times
from ithaca.records.mentorships.models import Agreement, Mentorship, Session
from ithaca.records.mentorships.room.emails import sessions as emails
from ithaca.records.mentorships.room.locks import enter_open, people
from ithaca.records.mentorships.rules.allowances import Allowance, allowance_among
from ithaca.records.mentorships.rules.deadlines import CORRECTABLE_FOR
from ithaca.records.mentorships.rules.stages.room import (
    BOOKED,
    CAME_TO_NOTHING,
    AgreementStage,
    MentorshipStage,
    SessionAct,
    SessionStage,
)
from ithaca.records.stages import Impossible, Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.ledger import actions as ledger


class AgreementFirst(Exception):
    """The first session can be booked at once; the next waits until both have agreed how they work together."""


class AllowanceUsed(Exception):
    """The funded sessions are used up, and the scheme does not let them continue."""


class InThePast(Exception):
    """A time to meet lies ahead."""


class NotYet(Exception):
    """Whether a session happened can be said on its day at the earliest."""


class Clash(Exception):
    """They already have a session at that time."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When and how to meet. `way` is a code of `schemes.vocabulary.WAYS`; `place` an address, a link or a number."""

    starts_at: datetime
    minutes: int
    way: str
    place: str

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def fields(self, session: Session) -> dict[str, Any]:
        """Return the columns of a session, the way and the place sealed for the server.

        A locked person can still join.
        """
        return {
            "starts_at": self.starts_at,
            "minutes": self.minutes,
            "way": Session.way.seal(session, self.way),
            "place": Session.place.seal(session, self.place) if self.place else None,
        }


@transaction.atomic
def schedule(mentorship: UUID, plan: Plan, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> Session:
    """Set a time and invite both.

    Raises:
        AgreementFirst: there is a session already, and no agreement in force.
        AllowanceUsed: there are no funded sessions left, and the scheme stops there.
        InThePast, Clash: the time will not do.
        Impossible: the two have paused or ended.
    """
    room = enter_open(mentorship, "schedule_session", by, (MentorshipStage.ACTIVE, MentorshipStage.MEDIATION))
    made = Session.objects.filter(pk=form).first() if form else None
    if made is not None:
        if (made.mentorship_id, made.proposed_by) != (room.pk, actor):
            raise ledger.Reused(SessionAct.SCHEDULE)
        return made
    if not may_schedule(room):
        raise AgreementFirst
    if allowance_of(room).forbids:
        raise AllowanceUsed
    _check_time(room, plan, at)
    last = Session.objects.filter(mentorship=room).aggregate(last=Max("number"))["last"] or 0
    pk = form or uuid.uuid4()
    session = Session(id=pk, mentorship=room, number=last + 1, proposed_by=actor, made_at=at)
    for name, value in plan.fields(session).items():
        setattr(session, name, value)
    session.save(force_insert=True)
    told = [emails.session_scheduled(session, room.scheme, person, at) for person in people(room)]
    moves.move(session, SessionAct.SCHEDULE, by, at=at, actor=actor, form=form, letters=told)
    return session


def may_schedule(mentorship: Mentorship) -> bool:
    """May a further session be booked? The first always; the next when an agreement is in force."""
    booked = Session.objects.filter(mentorship=mentorship).exclude(stage__in=CAME_TO_NOTHING)
    return (
        not booked.exists() or Agreement.objects.filter(mentorship=mentorship, stage=AgreementStage.IN_FORCE).exists()
    )


def allowance_of(mentorship: Mentorship) -> Allowance:
    """Return the funded sessions of a mentorship. One that was cancelled, or didn't happen, uses none."""
    stages = Session.objects.filter(mentorship=mentorship).values_list("stage", flat=True)
    return allowance_among(
        mentorship.scheme.allowance, mentorship.held_before, stages, may_go_on=mentorship.scheme.beyond_allowance
    )


@transaction.atomic
def reschedule(
    session: Session, plan: Plan, version: int, by: Party, *, actor: UUID, at: datetime, form: UUID | None
) -> None:
    """Move a session, or change how to meet; both calendars are updated.

    Raises:
        ChangedMeanwhile: `version` is not the one that stands now.
        InThePast, Clash: the time will not do.
        Impossible: it is over, or called off.
    """
    room = enter_open(session.mentorship_id, SessionAct.RESCHEDULE, by)
    if ledger.handled(form, "session", session.pk, SessionAct.RESCHEDULE):
        return
    session.refresh_from_db()
    session.TABLE.to(session.stage, SessionAct.RESCHEDULE, by)
    if session.version != version:
        raise ChangedMeanwhile
    _check_time(room, plan, at, but=session.pk)
    changes = plan.fields(session) | {"sequence": session.sequence + 1, "version": version + 1}
    for name, value in changes.items():
        setattr(session, name, value)
    told = [emails.session_moved(session, room.scheme, person, at) for person in people(room)]
    moves.move(session, SessionAct.RESCHEDULE, by, at=at, actor=actor, form=form, letters=told, **changes)


@transaction.atomic
def cancel(session: Session, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> None:
    """Call a session off; both calendars drop it. Twice is as once. Raises Impossible when it is over."""
    room = enter_open(session.mentorship_id, SessionAct.CANCEL, by)
    session.refresh_from_db()
    if session.stage != SessionStage.CANCELLED:
        call_off(room, session, by, actor=actor, at=at, form=form)


def call_off(
    room: Mentorship, session: Session, by: Party, *, actor: UUID, at: datetime, form: UUID | None = None
) -> None:
    """Call off a session that has just been read, in a room whose lock is held."""
    session.sequence += 1
    told = [emails.session_cancelled(session, room.scheme, person, at) for person in people(room)]
    changes = {"sequence": session.sequence, "version": session.version + 1}
    moves.move(session, SessionAct.CANCEL, by, at=at, actor=actor, form=form, letters=told, **changes)


@transaction.atomic
def say(session: Session, met: bool, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> None:
    """Record that they met, or did not. For 14 days after that, either may correct it.

    Saying what stands already changes nothing, so both may say it.

    Raises:
        NotYet: its day is still to come.
        Impossible: it was called off, or can be corrected no more.
    """
    enter_open(session.mentorship_id, "say", by)
    session.refresh_from_db()
    if session.stage == (SessionStage.HELD if met else SessionStage.NO_SHOW):
        return
    if session.stage in BOOKED:
        act = SessionAct.HOLD if met else SessionAct.MISS
        if times.london_date(at) < times.london_date(session.starts_at):
            raise NotYet
    else:
        act = SessionAct.CORRECT_TO_HELD if met else SessionAct.CORRECT_TO_NO_SHOW
        if at > session.stage_since + CORRECTABLE_FOR:
            raise Impossible("session", session.stage, act, by)
    try:
        moves.move(session, act, by, at=at, actor=actor, form=form)
    except ledger.Reused:
        return  # an old page, sent again after the other corrected it: it has had its say


def _check_time(room: Mentorship, plan: Plan, at: datetime, but: UUID | None = None) -> None:
    if plan.starts_at <= at:
        raise InThePast
    others = Session.objects.filter(mentorship=room, stage__in=BOOKED, starts_at__lt=plan.ends_at)
    if any(row.starts_at + timedelta(minutes=row.minutes) > plan.starts_at for row in others if row.pk != but):
        raise Clash
