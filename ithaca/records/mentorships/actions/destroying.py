"""What becomes of a mentorship's words when the time for which they are kept is over: nobody can read them again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records import moves
from ithaca.records.mentorships import times
from ithaca.records.mentorships.actions.entering import enter
from ithaca.records.mentorships.models import (
    Action,
    Contract,
    Ending,
    Feedback,
    Goal,
    Introduction,
    MentoringRequest,
    Mentorship,
    Message,
    Note,
    PhaseStep,
    Session,
    Side,
)
from ithaca.records.stages import Party
from ithaca.tools.vault import grants


@transaction.atomic
def fall_due(mentorship: UUID, at: datetime) -> bool:
    """Say that the time is over, once the last day has passed in London. False when it is not, or was said."""
    room = enter(mentorship)
    ending = _ending_of(room)
    kept = room.ended_on is None or times.london_date(at) <= times.year_after(room.ended_on)
    if kept or not ending.may("fall_due", Party.SCHEDULE):
        return False
    return moves.move(ending, "fall_due", Party.SCHEDULE, at=at)


@transaction.atomic
def purge(mentorship: UUID, at: datetime) -> bool:
    """Destroy the keys and every sealed word of a mentorship whose time is over. False when that is done, or not due.

    That the two met, and when, stays. A backup still holds the words for as long as the bucket of their month lives.
    """
    room = enter(mentorship)
    ending = _ending_of(room)
    if not ending.may("purge", Party.SCHEDULE):
        return False
    grants.destroy_grants(room.pk)
    Contract.objects.filter(mentorship=room).update(wording=None, wording_by=None)
    Session.objects.filter(mentorship=room).update(way=None, place=None)
    for model in (Message, Note, Feedback, PhaseStep, Action, Goal, Side):
        model._default_manager.filter(mentorship=room).delete()
    MentoringRequest.objects.filter(introductions__mentorship=room).update(story=None)
    introduction = Introduction.objects.filter(mentorship=room)
    introduction.update(story=None, question=None, answer=None, reason=None, chat=None)
    return moves.move(ending, "purge", Party.SCHEDULE, at=at, words=None)


def _ending_of(room: Mentorship) -> Ending:
    return Ending.objects.select_for_update().get(mentorship=room)
