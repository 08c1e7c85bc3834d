"""A question before an answer: the mentor asks, the mentee answers, and only the two of them can read either."""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ithaca.records import moves
from ithaca.records.members.emails.addressing import member
from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.pairing.actions.end_introduction import part
from ithaca.records.mentorships.pairing.emails import introductions as emails
from ithaca.records.mentorships.pairing.locks import locked, people
from ithaca.records.mentorships.pairing.queries.introductions import listed
from ithaca.records.mentorships.rules.deadlines import EXPIRE_AFTER
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct
from ithaca.records.stages import Party
from ithaca.tools.post import outbox
from ithaca.tools.vault.keyring import Keyring, unlocked


@transaction.atomic
def ask(
    introduction: Introduction, text: str, *, keyring: Keyring | None, actor: UUID, at: datetime, form: UUID | None
) -> bool:
    """Record the mentor's question. The days start again, now for the mentee; nothing asked before is lost.

    Returns False when this form was handled already, and when the two have come to be kept apart: then it is over.
    Raises `Locked` without a keyring, `Impossible` when it is not the mentor's turn.
    """
    return _say(IntroductionAct.ASK, Party.MENTOR, introduction, text, keyring, actor, at, form)


@transaction.atomic
def answer(
    introduction: Introduction, text: str, *, keyring: Keyring | None, actor: UUID, at: datetime, form: UUID | None
) -> bool:
    """Record the mentee's answer, and start the days again for the mentor. Returns and raises as `ask`."""
    return _say(IntroductionAct.ANSWER, Party.MENTEE, introduction, text, keyring, actor, at, form)


def _say(
    act: IntroductionAct,
    by: Party,
    introduction: Introduction,
    text: str,
    keyring: Keyring | None,
    actor: UUID,
    at: datetime,
    form: UUID | None,
) -> bool:
    """Add a text to what this party has said so far, sealed to the two in their name, and hand on to the other."""
    ring = unlocked(keyring)
    request = locked(introduction)
    if part(introduction, request, at):
        return False
    answer_by = timezone.localdate(at + EXPIRE_AFTER)
    if not moves.move(introduction, act, by, at=at, actor=actor, form=form, answer_by=answer_by):
        return False
    field = Introduction.question if act == IntroductionAct.ASK else Introduction.answer
    said = json.dumps([*listed(field.unseal(introduction, ring)), text])
    setattr(introduction, field.name, field.seal(introduction, said, ring))
    introduction.save(update_fields=[field.name])
    mentee, mentor = people(introduction)
    told = emails.question_asked if act == IntroductionAct.ASK else emails.question_answered
    outbox.put(told(member(mentee if act == IntroductionAct.ASK else mentor), introduction), at)
    return True
