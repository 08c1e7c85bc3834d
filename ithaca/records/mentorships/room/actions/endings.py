"""Ending a mentorship, at once and with no reason needed, and destroying what is left a year later."""

import contextlib
import uuid
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records import moves, times
from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.models import (
    Agreement,
    Ending,
    Feedback,
    Goal,
    GoalStep,
    Introduction,
    MentoringRequest,
    Mentorship,
    Message,
    Note,
    PhaseStep,
    Session,
    Side,
)
from ithaca.records.mentorships.pairing.actions import places
from ithaca.records.mentorships.pairing.emails.first_chats import called_off
from ithaca.records.mentorships.room.actions.mediations import stand_down
from ithaca.records.mentorships.room.actions.sessions import call_off
from ithaca.records.mentorships.room.emails import mentorships as emails
from ithaca.records.mentorships.room.locks import enter, people
from ithaca.records.mentorships.rules.stages.room import (
    BOOKED,
    PENDING,
    AgreementAct,
    AgreementStage,
    EndingAct,
    MentorshipAct,
    MentorshipStage,
    SessionStage,
)
from ithaca.records.stages import Party
from ithaca.tools.post import outbox
from ithaca.tools.vault import errors, grants
from ithaca.tools.vault.keyring import Keyring


@transaction.atomic
def fall_due(mentorship: UUID, at: datetime) -> bool:
    """Say that the time is over, once the last day has passed in London. False when it is not, or was said."""
    room = enter(mentorship)
    ending = _ending_of(room)
    kept = room.ended_on is None or times.london_date(at) <= times.year_after(room.ended_on)
    if kept or not ending.may(EndingAct.FALL_DUE, Party.SCHEDULE):
        return False
    return moves.move(ending, EndingAct.FALL_DUE, Party.SCHEDULE, at=at)


@transaction.atomic
def purge(mentorship: UUID, at: datetime) -> bool:
    """Destroy the keys and every sealed word of a mentorship whose time is over. False when that is done, or not due.

    That the two met, and when, stays. A backup still holds the words for as long as the bucket of their month lives.
    """
    room = enter(mentorship)
    ending = _ending_of(room)
    if not ending.may(EndingAct.PURGE, Party.SCHEDULE):
        return False
    grants.destroy_grants(room.pk)
    Agreement.objects.filter(mentorship=room).update(wording=None, wording_by=None)
    Session.objects.filter(mentorship=room).update(way=None, place=None)
    for model in (Message, Note, Feedback, PhaseStep, GoalStep, Goal, Side):
        model._default_manager.filter(mentorship=room).delete()
    MentoringRequest.objects.filter(introductions__mentorship=room).update(story=None)
    introduction = Introduction.objects.filter(mentorship=room)
    introduction.update(story=None, question=None, answer=None, reason=None, chat=None)
    return moves.move(ending, EndingAct.PURGE, Party.SCHEDULE, at=at, words=None)


def _ending_of(room: Mentorship) -> Ending:
    return Ending.objects.select_for_update().get(mentorship=room)


class AlreadyEnded(Exception):
    """The other stopped first, so a last word has no place any more. The page gives it back."""


@transaction.atomic
def end(
    mentorship: UUID,
    by: Party,
    *,
    actor: UUID,
    words: str = "",
    keyring: Keyring | None = None,
    at: datetime,
    form: UUID | None,
) -> None:
    """Stop here: sessions to come are called off, the agreement ends, the mentor's place is free, the room read-only.

    `words` is a last word to the other, sealed to the two; it needs an unlocked keyring, stopping does not.
    Twice is as once. Raises Locked, and AlreadyEnded when there are words and the other has stopped first.
    """
    pk = form or uuid.uuid4()
    room = enter(mentorship)
    if room.stage == MentorshipStage.ENDED:
        if words and not Ending.objects.filter(mentorship=room, pk=pk).exists():
            raise AlreadyEnded
        return
    today = times.london_date(at)
    ending = Ending(id=pk, mentorship=room, asked_by=actor, asked_on=today)
    ending.words = Ending.words.seal(ending, words, keyring) if words else None
    ending.save(force_insert=True)
    for session in Session.objects.filter(
        mentorship=room, stage__in=(SessionStage.PROPOSED, *BOOKED), starts_at__gt=at
    ):
        call_off(room, session, by, actor=actor, at=at)
    for agreement in Agreement.objects.filter(mentorship=room, stage__in=(*PENDING, AgreementStage.IN_FORCE)):
        moves.move(agreement, AgreementAct.END, by, at=at, actor=actor)
    told = [emails.ended(room, person) for person in people(room)] + _chat_called_off(room, at) + stand_down(room)
    standing = MentorStanding.objects.filter(membership=room.mentor_id).values_list("pk", flat=True).first()
    moves.move(room, MentorshipAct.END, by, at=at, actor=actor, form=form, letters=told, ended_on=today)
    moves.move(ending, EndingAct.END, by, at=at, actor=actor)
    if standing is not None:
        places.settle(places.locked(standing), at)
    with contextlib.suppress(errors.Refused):  # stopping never waits for keys
        grants.rewrap_bucket(room.pk, f"{times.year_after(today):%Y-%m}")


def _chat_called_off(room: Mentorship, at: datetime) -> list[outbox.Letter]:
    """Cancel a first chat that is still to come, and return the emails that take it out of both calendars."""
    chats = Introduction.objects.select_related("request__membership__scheme")
    introduction = chats.filter(mentorship=room, chat_at__gt=at).first()
    if introduction is None:
        return []
    introduction.chat_sequence += 1
    introduction.save(update_fields=["chat_sequence"])
    return [letter for who in (room.mentee, room.mentor) for letter in called_off(who, introduction, at)]
