"""Stopping, pausing and going on. Either may, at once, without a reason."""

import contextlib
import uuid
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ithaca.records import moves
from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships import times
from ithaca.records.mentorships.actions import places
from ithaca.records.mentorships.actions.agreeing import PENDING
from ithaca.records.mentorships.actions.entering import enter, other, people
from ithaca.records.mentorships.actions.mediating import stand_down
from ithaca.records.mentorships.actions.meeting import BOOKED, call_off
from ithaca.records.mentorships.letters import ending as letters
from ithaca.records.mentorships.letters.chatting import called_off
from ithaca.records.mentorships.models import Contract, Ending, Introduction, Mentorship, Session
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox
from ithaca.tools.vault import errors, grants
from ithaca.tools.vault.keyring import Keyring, unlocked


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
    if room.stage == "ended":
        if words and not Ending.objects.filter(mentorship=room, pk=pk).exists():
            raise AlreadyEnded
        return
    sealed = unlocked(keyring).seal(room.pk, "ending.words", pk, words) if words else None
    today = times.london_date(at)
    ending = Ending(id=pk, mentorship=room, asked_by=actor, asked_on=today, words=sealed)
    ending.save(force_insert=True)
    for session in Session.objects.filter(mentorship=room, stage__in=("proposed", *BOOKED), starts_at__gt=at):
        call_off(room, session, by, actor=actor, at=at)
    for contract in Contract.objects.filter(mentorship=room, stage__in=(*PENDING, "in_force")):
        moves.move(contract, "end", by, at=at, actor=actor)
    told = [letters.ended(room, person) for person in people(room)] + _chat_called_off(room, at) + stand_down(room)
    standing = MentorStanding.objects.filter(membership=room.mentor_id).values_list("pk", flat=True).first()
    moves.move(room, "end", by, at=at, actor=actor, form=form, letters=told, ended_on=today)
    moves.move(ending, "end", by, at=at, actor=actor)
    if standing is not None:
        places.settle(places.locked(standing), at)
    with contextlib.suppress(errors.Refused):  # stopping never waits for keys
        grants.rewrap_bucket(room.pk, f"{times.year_after(today):%Y-%m}")


def _chat_called_off(room: Mentorship, at: datetime) -> list[outbox.Letter]:
    """A first chat that both said yes before, and that is still to come, leaves both calendars."""
    chats = Introduction.objects.select_related("request__membership__scheme")
    introduction = chats.filter(mentorship=room, chat_at__gt=at).first()
    if introduction is None:
        return []
    introduction.chat_sequence += 1
    introduction.save(update_fields=["chat_sequence"])
    return [letter for who in (room.mentee, room.mentor) for letter in called_off(who, introduction, at)]


@transaction.atomic
def pause(
    mentorship: UUID, by: Party, *, actor: UUID, at: datetime, form: UUID | None, until: date | None = None
) -> None:
    """Take a pause, until a day if one likes. Sessions that are booked stay; none is booked meanwhile.

    Twice is as once; in a pause, another day takes the place of the one before. Nothing ends by itself on that day.
    """
    room = enter(mentorship)
    if room.stage == "paused":
        if until is not None and until != room.paused_until:
            room.paused_until = until
            room.save(update_fields=["paused_until"])
            ledger.record("mentorship", room.pk, "pause_until", by=by, at=at, actor=actor)
        return
    if ledger.handled(form, "mentorship", room.pk, "pause"):
        return
    told = [letters.paused(room, other(room, by))]
    moves.move(room, "pause", by, at=at, actor=actor, form=form, letters=told, paused_until=until)


@transaction.atomic
def resume(mentorship: UUID, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> None:
    """Go on after a pause. Twice is as once."""
    room = enter(mentorship)
    if room.stage == "active" or ledger.handled(form, "mentorship", room.pk, "resume"):
        return
    told = [letters.resumed(room, other(room, by))]
    moves.move(room, "resume", by, at=at, actor=actor, form=form, letters=told, paused_until=None)


@transaction.atomic
def tell_of_pause(mentorship: UUID, at: datetime) -> bool:
    """Ask both whether they would like to go on, once for each day until which they paused. False when not due."""
    room = enter(mentorship)
    day = room.paused_until
    if room.stage != "paused" or day is None or day > times.london_date(at) or room.pause_told_for == day:
        return False
    room.pause_told_for = day
    room.save(update_fields=["pause_told_for"])
    for person in people(room):
        outbox.put(letters.pause_is_over(room, person), at)
    return True
