"""What the schedule does with introductions that nobody answers, or whose mentor has gone away."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ithaca.records.mentorships.actions.introducing import AWAITED, both, fail, locked, part
from ithaca.records.mentorships.letters import introducing as letters
from ithaca.records.mentorships.models import Introduction
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox

REMIND_AFTER = timedelta(days=3)


@transaction.atomic
def expire(introduction: Introduction, at: datetime) -> bool:
    """Nobody answered by the date: go on without it. False when there is an answer, or a later date, by now."""
    request = locked(introduction)
    if introduction.answer_by is None or introduction.answer_by >= timezone.localdate(at):
        return False
    return fail(introduction, request, "expire", Party.SCHEDULE, actor=None, at=at, form=None)


@transaction.atomic
def lose_mentor(introduction: Introduction, at: datetime) -> bool:
    """Go on without a mentor who went away before they said yes, or is not available to this mentee any more.

    False when neither is so, or no longer.
    """
    request = locked(introduction)
    if introduction.stage in AWAITED and introduction.standing.stage not in ("available", "full"):
        return fail(introduction, request, "lose_mentor", Party.SCHEDULE, actor=None, at=at, form=None)
    return part(introduction, request, at)


@transaction.atomic
def remind(introduction: Introduction, at: datetime) -> bool:
    """Remind whoever's answer is wanted, once for each question put to them."""
    locked(introduction)
    waits_for = {"offered_to_mentee": Party.MENTEE, "offered_to_mentor": Party.MENTOR, "question_asked": Party.MENTEE}
    party = waits_for.get(introduction.stage)
    asked_at = introduction.stage_since
    if party is None or (introduction.reminded_at is not None and introduction.reminded_at >= asked_at):
        return False
    introduction.reminded_at = at
    introduction.save(update_fields=["reminded_at"])
    ledger.record("introduction", introduction.pk, "remind", by=Party.SCHEDULE, at=at)
    mentee, mentor = both(introduction)
    outbox.put(letters.answer_still_wanted(mentee if party is Party.MENTEE else mentor, introduction), at)
    return True
