"""What the schedule does with introductions that nobody answers, or whose mentor has gone away."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ithaca.records.members.emails.addressing import member
from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.pairing.actions.end_introduction import fail, part
from ithaca.records.mentorships.pairing.emails import first_chats as chat_emails
from ithaca.records.mentorships.pairing.emails import introductions as emails
from ithaca.records.mentorships.pairing.locks import locked, people
from ithaca.records.mentorships.rules.deadlines import ANSWER_WITHIN, ARRANGE_WITHIN
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox


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
    if introduction.stage in Introduction.AWAITED and introduction.standing.stage not in ("available", "full"):
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
    mentee, mentor = people(introduction)
    outbox.put(emails.answer_still_wanted(member(mentee if party is Party.MENTEE else mentor), introduction), at)
    return True


@transaction.atomic
def nudge(introduction: Introduction, at: datetime) -> bool:
    """Remind the two of a first chat without a time, or those of them who have not answered after it. Once for each.

    Whoever has said yes hears nothing, so neither learns from a letter what the other did.
    """
    locked(introduction)
    due = nudge_due(introduction)
    if due is None or due > at or (introduction.reminded_at is not None and introduction.reminded_at >= due):
        return False
    introduction.reminded_at = at
    introduction.save(update_fields=["reminded_at"])
    ledger.record("introduction", introduction.pk, "remind", by=Party.SCHEDULE, at=at)
    said = (introduction.mentee_confirmed_at, introduction.mentor_confirmed_at)
    for person, answered in zip(people(introduction), said, strict=True):
        if introduction.stage != "first_chat":
            outbox.put(chat_emails.chat_still_to_arrange(person, introduction), at)
        elif answered is None:
            outbox.put(chat_emails.chat_answer_wanted(person, introduction), at)
    return True


def nudge_due(introduction: Introduction) -> datetime | None:
    """When a word about the first chat is due; None where there is no chat to speak of."""
    if introduction.stage in ("accepted", "no_show"):
        return introduction.stage_since + ARRANGE_WITHIN
    if introduction.stage == "first_chat" and introduction.chat_at is not None:
        return introduction.chat_at + ANSWER_WITHIN
    return None
