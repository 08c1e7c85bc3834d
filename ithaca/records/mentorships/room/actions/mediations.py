"""Asking for a third person to help two people talk, taking that up, and saying that it is settled.

Meanwhile everything goes on. To the desk the pair is one that goes on, and nothing more is told (docs/adr/0122).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records import moves, times
from ithaca.records.members.emails.addressing import person as address
from ithaca.records.members.models import User
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.room.emails import mediations as emails
from ithaca.records.mentorships.room.locks import enter, other
from ithaca.records.mentorships.room.queries.mediations import TAKE_UP, helpers_for, may_help, mediation_of
from ithaca.records.mentorships.rules.stages.room import MentorshipAct, MentorshipStage
from ithaca.records.queues import WORKING_DAYS_TO_ANSWER
from ithaca.records.stages import Impossible, Party
from ithaca.records.times import working_days_after
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox


class NobodyToAsk(Exception):
    """The scheme has no mediator who is apart from these two; nothing was done."""


@transaction.atomic
def ask(mentorship: UUID, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> None:
    """Ask for a third person, and email whoever may help and the other person. Idempotent.

    Raises NobodyToAsk, and Impossible in a pause or after the end.
    """
    room = enter(mentorship)
    if room.stage == MentorshipStage.MEDIATION or ledger.handled(
        form, "mentorship", room.pk, MentorshipAct.ASK_MEDIATION
    ):
        return
    helpers = helpers_for(room) if room.stage == MentorshipStage.ACTIVE else []
    if room.stage == MentorshipStage.ACTIVE and not helpers:
        raise NobodyToAsk
    by_when = working_days_after(times.london_date(at), WORKING_DAYS_TO_ANSWER)
    told = [emails.help_wanted(address(helper), room.scheme, by_when) for helper in helpers]
    told.append(emails.third_person_asked(room, other(room, by)))
    _move(room, MentorshipAct.ASK_MEDIATION, by, actor, at, form, told)


@transaction.atomic
def take_up(mentorship: UUID, *, mediator: UUID, at: datetime, form: UUID | None) -> None:
    """Record that a mediator will be in touch; from then on it is theirs alone. Idempotent.

    Raises Impossible when another was quicker, or it is settled.
    """
    room = enter(mentorship)
    if ledger.handled(form, "mentorship", room.pk, TAKE_UP):
        return
    mediation = mediation_of(room)
    if mediation is None or mediation.taken_up_by not in (None, mediator) or not may_help(room, mediator):
        raise Impossible("mentorship", room.stage, TAKE_UP, Party.MEDIATOR)
    if mediation.taken_up_by is None:
        ledger.record("mentorship", room.pk, TAKE_UP, by=Party.MEDIATOR, at=at, actor=mediator, form=form)


@transaction.atomic
def settle(mentorship: UUID, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> None:
    """Say that it is settled: nobody else is asked any more. Twice is as once. Raises Impossible after the end."""
    room = enter(mentorship)
    if room.stage == MentorshipStage.ACTIVE or ledger.handled(form, "mentorship", room.pk, MentorshipAct.SETTLE):
        return
    told = [emails.settled(room, other(room, by)), *stand_down(room)]
    _move(room, MentorshipAct.SETTLE, by, actor, at, form, told)


def stand_down(room: Mentorship) -> list[outbox.Letter]:
    """Letters to those who were asked to help these two, if anybody was, that it is over."""
    mediation = mediation_of(room)
    if mediation is None:
        return []
    asked = User.objects.filter(pk=mediation.taken_up_by) if mediation.taken_up_by else helpers_for(room)
    return [emails.no_more_wanted(address(helper), room.scheme) for helper in asked]


def _move(
    room: Mentorship,
    act: MentorshipAct,
    by: Party,
    actor: UUID,
    at: datetime,
    form: UUID | None,
    told: list[outbox.Letter],
) -> None:
    """Since when the two go on stays as it was: by that day the desk counts how long it has been quiet."""
    since = room.stage_since
    moves.move(room, act, by, at=at, actor=actor, form=form, letters=told, stage_since=since)
