"""The first chat, in a scheme that has one: it takes no session, and either may say no without a word of why."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ithaca.records import moves
from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.pairing.actions.end_introduction import part
from ithaca.records.mentorships.pairing.actions.introductions import confirm
from ithaca.records.mentorships.pairing.emails import first_chats as emails
from ithaca.records.mentorships.pairing.locks import locked, people
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox


@transaction.atomic
def arrange(
    introduction: Introduction,
    by: Party,
    *,
    chat_at: datetime,
    way: str,
    place: str,
    actor: UUID,
    at: datetime,
    form: UUID | None,
) -> bool:
    """Set or move the day, the time and the way of the first chat; both calendars are told, and either may move it."""
    locked(introduction)
    moved = introduction.chat_at is not None
    chat = json.dumps({"way": way, "place": place}, sort_keys=True)
    changes: dict[str, Any] = {
        "chat_at": chat_at,
        "chat": Introduction.chat.seal(introduction, chat),
        "chat_sequence": introduction.chat_sequence + (moved or introduction.chat_sequence > 0),
    }
    if not moves.move(introduction, IntroductionAct.ARRANGE_CHAT, by, at=at, actor=actor, form=form, **changes):
        return False
    told = emails.chat_moved if moved else emails.chat_arranged
    for person in people(introduction):
        outbox.put(told(person, introduction, at), at)
    return True


@transaction.atomic
def say_yes(introduction: Introduction, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Say yes after the first chat. Nobody is told until both have; the second yes begins the mentorship.

    Returns False when this person had said yes already, and when the two have come to be kept apart: then it is over.
    Raises `Impossible` when there is no first chat to answer.
    """
    request = locked(introduction)
    if ledger.handled(form, "introduction", introduction.pk, "say_yes") or part(introduction, request, at):
        return False
    if not introduction.may(IntroductionAct.CONFIRM, by):
        raise Impossible("introduction", introduction.stage, IntroductionAct.CONFIRM, by)
    mine = f"{by}_confirmed_at"
    if getattr(introduction, mine) is not None:
        return False
    setattr(introduction, mine, at)
    introduction.save(update_fields=[mine])
    ledger.record("introduction", introduction.pk, "say_yes", by=by, at=at, actor=actor, form=form)
    if introduction.mentee_confirmed_at and introduction.mentor_confirmed_at:
        confirm(introduction, by, actor=actor, at=at)
    return True


@transaction.atomic
def miss(introduction: Introduction, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Record that the first chat didn't happen.

    Either may find another day. A time still to come leaves both calendars.
    """
    locked(introduction)
    to_come = introduction.chat_at is not None and introduction.chat_at > at
    sequence = introduction.chat_sequence + 1
    introduction.chat_sequence = sequence
    files = {person.pk: emails.cancellation(introduction, person, at) for person in people(introduction)}
    cleared = dict.fromkeys(("chat_at", "chat", "mentee_confirmed_at", "mentor_confirmed_at"))
    changes: dict[str, Any] = {**cleared, "chat_sequence": sequence}
    if not moves.move(introduction, IntroductionAct.MISS, by, at=at, actor=actor, form=form, **changes):
        return False
    mentee, mentor = people(introduction)
    other = mentor if by is Party.MENTEE else mentee
    for person in (mentee, mentor) if to_come else (other,):
        outbox.put(emails.chat_missed(person, introduction, files[person.pk]), at)
    return True
