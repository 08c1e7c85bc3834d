"""What the schedule does with introductions that nobody answers, or whose mentor has gone away.

Whether a step is due is said once, here: the job asks before the lock, and the step asks again behind it.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ithaca.records.members.emails.addressing import member
from ithaca.records.members.stages import StandingStage
from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.pairing.actions.end_introduction import fail, part
from ithaca.records.mentorships.pairing.emails import first_chats as chat_emails
from ithaca.records.mentorships.pairing.emails import introductions as emails
from ithaca.records.mentorships.pairing.locks import locked, people
from ithaca.records.mentorships.rules.deadlines import ANSWER_WITHIN, ARRANGE_WITHIN, REMIND_AFTER
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct, IntroductionStage
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox

WAITS_FOR: dict[str, Party] = {
    IntroductionStage.OFFERED_TO_MENTEE: Party.MENTEE,
    IntroductionStage.OFFERED_TO_MENTOR: Party.MENTOR,
    IntroductionStage.QUESTION_ASKED: Party.MENTEE,
}
"""Whose answer is waited for."""


@transaction.atomic
def expire(introduction: Introduction, at: datetime) -> bool:
    """Nobody answered by the date: go on without it. False when there is an answer, or a later date, by now."""
    request = locked(introduction)
    if not expiry_is_due(introduction, at):
        return False
    return fail(introduction, request, IntroductionAct.EXPIRE, Party.SCHEDULE, actor=None, at=at, form=None)


@transaction.atomic
def lose_mentor(introduction: Introduction, at: datetime) -> bool:
    """Go on without a mentor who went away before they said yes, or is not available to this mentee any more.

    False when neither is so, or no longer.
    """
    request = locked(introduction)
    if introduction.stage in Introduction.AWAITED and introduction.standing.stage not in (
        StandingStage.AVAILABLE,
        StandingStage.FULL,
    ):
        return fail(introduction, request, IntroductionAct.LOSE_MENTOR, Party.SCHEDULE, actor=None, at=at, form=None)
    return part(introduction, request, at)


@transaction.atomic
def remind(introduction: Introduction, at: datetime) -> bool:
    """Remind whoever's answer is wanted, once for each question put to them."""
    locked(introduction)
    if not reminder_is_due(introduction, at):
        return False
    party = WAITS_FOR[introduction.stage]
    introduction.reminded_at = at
    introduction.save(update_fields=["reminded_at"])
    ledger.record("introduction", introduction.pk, "remind", by=Party.SCHEDULE, at=at)
    mentee, mentor = people(introduction)
    outbox.put(emails.answer_still_wanted(member(mentee if party is Party.MENTEE else mentor), introduction), at)
    return True


@transaction.atomic
def nudge(introduction: Introduction, at: datetime) -> bool:
    """Remind the two of a first chat without a time, or those of them who have not answered after it. Once for each.

    Whoever has said yes hears nothing, so neither learns from a letter what the other did.
    """
    locked(introduction)
    if not nudge_is_due(introduction, at):
        return False
    introduction.reminded_at = at
    introduction.save(update_fields=["reminded_at"])
    ledger.record("introduction", introduction.pk, "remind", by=Party.SCHEDULE, at=at)
    said = (introduction.mentee_confirmed_at, introduction.mentor_confirmed_at)
    for person, answered in zip(people(introduction), said, strict=True):
        if introduction.stage != IntroductionStage.FIRST_CHAT:
            outbox.put(chat_emails.chat_still_to_arrange(person, introduction), at)
        elif answered is None:
            outbox.put(chat_emails.chat_answer_wanted(person, introduction), at)
    return True


def expiry_is_due(introduction: Introduction, at: datetime) -> bool:
    """Say whether the day by which an answer was asked for has passed in London, whole."""
    return introduction.answer_by is not None and introduction.answer_by < timezone.localdate(at)


def reminder_is_due(introduction: Introduction, at: datetime) -> bool:
    """Say whether an answer has been waited for long enough, and whoever owes it was not reminded of this question."""
    due = introduction.stage_since + REMIND_AFTER <= at
    return introduction.stage in WAITS_FOR and due and not _reminded_since(introduction, introduction.stage_since)


def nudge_is_due(introduction: Introduction, at: datetime) -> bool:
    """Say whether a first chat has had no time, or no answer after it, for long enough, and nobody was told of that."""
    if introduction.stage in (IntroductionStage.ACCEPTED, IntroductionStage.NO_SHOW):
        due = introduction.stage_since + ARRANGE_WITHIN
    elif introduction.stage == IntroductionStage.FIRST_CHAT and introduction.chat_at is not None:
        due = introduction.chat_at + ANSWER_WITHIN
    else:
        return False
    return due <= at and not _reminded_since(introduction, due)


def _reminded_since(introduction: Introduction, moment: datetime) -> bool:
    return introduction.reminded_at is not None and introduction.reminded_at >= moment
