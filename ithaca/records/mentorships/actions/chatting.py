"""The first chat, in a scheme that has one: it takes no session, and either may say no without a word of why."""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records import moves
from ithaca.records.mentorships.actions.introducing import confirm, locked, part
from ithaca.records.mentorships.letters import introducing as letters
from ithaca.records.mentorships.letters.recipients import member
from ithaca.records.mentorships.models import Introduction
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.vault import keyless


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
    """Set or move the day, the time and the way of the first chat; the other is told and may move it again."""
    request = locked(introduction)
    other = introduction.standing.membership if by is Party.MENTEE else request.membership
    chat = json.dumps({"way": way, "place": place}, sort_keys=True)
    return moves.move(
        introduction,
        "arrange_chat",
        by,
        at=at,
        actor=actor,
        form=form,
        letters=[letters.chat_arranged(member(other), introduction)],
        chat_at=chat_at,
        chat=keyless.seal_for_server("introduction.chat", introduction.pk, chat),
    )


@transaction.atomic
def say_yes(introduction: Introduction, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Say yes after the first chat. Nobody is told until both have; the second yes begins the mentorship.

    Returns False when this person had said yes already, and when the two have come to be kept apart: then it is over.
    Raises `Impossible` when there is no first chat to answer.
    """
    request = locked(introduction)
    if ledger.handled(form, "introduction", introduction.pk, "say_yes") or part(introduction, request, at):
        return False
    if not introduction.may("confirm", by):
        raise Impossible("introduction", introduction.stage, "confirm", by)
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
    """The first chat did not come about; either may find another day."""
    locked(introduction)
    return moves.move(
        introduction,
        "miss",
        by,
        at=at,
        actor=actor,
        form=form,
        chat_at=None,
        chat=None,
        mentee_confirmed_at=None,
        mentor_confirmed_at=None,
    )
