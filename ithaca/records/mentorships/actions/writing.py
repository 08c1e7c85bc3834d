"""Writing to each other and for oneself: messages, which stand as they were sent, and notes, which change."""

import uuid
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ithaca.records.mentorships.actions.entering import enter_open, other, side
from ithaca.records.mentorships.models import Mentorship, Message, Note, Side
from ithaca.records.stages import Party
from ithaca.records.versions import ChangedMeanwhile, edit
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.vault.fields import Sealed
from ithaca.tools.vault.keyring import Keyring, unlocked

TAKE_BACK_FOR = timedelta(minutes=15)
"""How long a message can be taken back. Nobody is told of it by letter before that."""


class NoRecord(Exception):
    """One of the two wishes for no written record, so nothing is written. The page gives the words back."""


class OtherWords(Exception):
    """This form was sent before with other words, which are kept. These are not: the page asks to send them anew."""


class TooLate(Exception):
    """It was sent too long ago to be taken back."""


@transaction.atomic
def send(
    mentorship: UUID,
    text: str,
    by: Party,
    *,
    seen: datetime | None = None,
    keyring: Keyring | None,
    at: datetime,
    form: UUID | None,
) -> Message:
    """Send a message to the other. The same form twice is one message. What was on the page (`seen`) counts as read.

    Raises:
        Locked: the keyring is None. NotGranted, Tampered: as the vault says.
        NoRecord: one of the two has switched writing off.
        OtherWords: this form has sent other words already.
        Impossible: the mentorship is over.
    """
    keys = unlocked(keyring)
    room = enter_open(mentorship, "send", by)
    sent = Message.objects.filter(pk=form).first() if form else None
    if sent is not None:
        if (sent.mentorship_id, sent.author) != (room.pk, keys.owner):
            raise ledger.Reused("send")
        if sent.text is None or keys.open(room.pk, "message.text", sent.pk, keys.owner, sent.text) == text:
            return sent
        raise OtherWords
    _record_wanted(room)
    side(room, other(room, by).user_id, at)
    _read(room, keys.owner, seen, at)
    pk = form or uuid.uuid4()
    sealed = keys.seal(room.pk, "message.text", pk, text)
    message = Message(id=pk, mentorship=room, author=keys.owner, at=at, text=sealed)
    message.save(force_insert=True)
    return message


@transaction.atomic
def take_back(message: Message, by: Party, *, at: datetime) -> None:
    """Destroy the words of a message; that there was one stays. Twice is as once. Raises TooLate, Impossible."""
    enter_open(message.mentorship_id, "take_back", by)
    message.refresh_from_db()
    if message.text is None:
        return
    if at > message.at + TAKE_BACK_FOR:
        raise TooLate
    message.text = None
    message.save(update_fields=["text"])


@transaction.atomic
def read(mentorship: Mentorship, person: UUID, seen: datetime, at: datetime) -> None:
    """Remember that this person has read every message up to the moment `seen`."""
    _read(mentorship, person, seen, at)


@transaction.atomic
def note(
    mentorship: UUID, text: str, alone: bool, by: Party, *, keyring: Keyring | None, at: datetime, form: UUID | None
) -> Note:
    """Keep a note: for both, or for its author alone. The same form twice is one note. Raises as `send` does."""
    keys = unlocked(keyring)
    room = enter_open(mentorship, "note", by)
    kept = Note.objects.filter(pk=form).first() if form else None
    if kept is not None:
        if (kept.mentorship_id, kept.author) != (room.pk, keys.owner):
            raise ledger.Reused("note")
        if kept.version > 1 or (kept.alone, opened(kept, keys)) == (alone, text):
            return kept
        raise OtherWords
    _record_wanted(room)
    pk = form or uuid.uuid4()
    row = Note(id=pk, mentorship=room, author=keys.owner, alone=alone, at=at)
    row.text = _sealed(row, text, keys)
    row.save(force_insert=True)
    return row


@transaction.atomic
def change_note(row: Note, text: str, version: int, by: Party, *, keyring: Keyring | None, at: datetime) -> None:
    """Put other words in one's own note. The same words twice are as once.

    Raises:
        Locked: the keyring is None. NotGranted, Tampered: as the vault says.
        ChangedMeanwhile: `version` is not the one that stands now, or the note is gone.
        NoRecord, Impossible: as `send`.
    """
    keys = unlocked(keyring)
    room = enter_open(row.mentorship_id, "change_note", by)
    found = Note.objects.filter(pk=row.pk).first()
    if found is None:
        raise ChangedMeanwhile
    if opened(found, keys) == text:
        return
    _record_wanted(room)
    edit(row, version, text=_sealed(row, text, keys), edited_at=at)


@transaction.atomic
def delete_note(row: Note, by: Party) -> None:
    """Destroy one's own note. Raises Impossible when the mentorship is over."""
    enter_open(row.mentorship_id, "delete_note", by)
    Note.objects.filter(pk=row.pk).delete()


def opened(row: Note, keys: Keyring) -> str:
    """The words of a note. Raises NotGranted, Tampered, also for a note that another keeps for themself."""
    if row.alone:
        return keys.open_private("note.text", row.pk, row.text)
    return keys.open(row.mentorship_id, "note.text", row.pk, row.author, row.text)


def record_wanted(mentorship: Mentorship) -> bool:
    """May the two write here? Not while either wishes for no written record."""
    return not Side.objects.filter(mentorship=mentorship, unwritten_at__isnull=False).exists()


def _record_wanted(room: Mentorship) -> None:
    if not record_wanted(room):
        raise NoRecord


def _sealed(row: Note, text: str, keys: Keyring) -> Sealed:
    if row.alone:
        return keys.seal_private("note.text", row.pk, text)
    return keys.seal(row.mentorship_id, "note.text", row.pk, text)


def _read(room: Mentorship, person: UUID, seen: datetime | None, at: datetime) -> None:
    mine = side(room, person, at)
    if seen is not None and (mine.read_until is None or seen > mine.read_until):
        mine.read_until = min(seen, at)
        mine.save(update_fields=["read_until"])
