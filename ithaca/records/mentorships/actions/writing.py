"""Writing to each other and for oneself: messages, which stand as they were sent, and notes, which change."""

import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ithaca.records.mentorships.actions import attaching
from ithaca.records.mentorships.actions.entering import enter_open, other, side
from ithaca.records.mentorships.models import Attachment, Mentorship, Message, Note, Side
from ithaca.records.stages import Party
from ithaca.records.versions import ChangedMeanwhile, edit
from ithaca.tools.files.cleaning import CleanFile
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


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a note stands, by a code of `mentorships.maps`, and whether it says what the mentor did themself."""

    place: str = ""
    experience: bool = False


NOWHERE = Spot()


@transaction.atomic
def send(
    mentorship: UUID,
    text: str,
    by: Party,
    *,
    files: Sequence[CleanFile] = (),
    seen: datetime | None = None,
    keyring: Keyring | None,
    at: datetime,
    form: UUID | None,
) -> Message:
    """Send a message to the other. The same form twice is one message. What was on the page (`seen`) counts as read.

    With files, `text` may be empty.

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
        if sent.text is None or _is(sent, text, files, keys):
            return sent
        raise OtherWords
    _record_wanted(room)
    side(room, other(room, by).user_id, at)
    _read(room, keys.owner, seen, at)
    pk = form or uuid.uuid4()
    sealed = keys.seal(room.pk, "message.text", pk, text)
    message = Message(id=pk, mentorship=room, author=keys.owner, at=at, text=sealed)
    message.save(force_insert=True)
    attaching.attach(message, files, pk, keys)
    return message


@transaction.atomic
def take_back(message: Message, by: Party, *, at: datetime) -> None:
    """Destroy the words and files of a message; that there was one stays. Twice is as once.

    Raises TooLate, Impossible.
    """
    enter_open(message.mentorship_id, "take_back", by)
    message.refresh_from_db()
    if message.text is None:
        return
    if at > message.at + TAKE_BACK_FOR:
        raise TooLate
    message.text = None
    message.save(update_fields=["text"])
    Attachment.objects.filter(message=message).delete()


@transaction.atomic
def read(mentorship: Mentorship, person: UUID, seen: datetime, at: datetime) -> None:
    """Remember that this person has read every message up to the moment `seen`."""
    _read(mentorship, person, seen, at)


@transaction.atomic
def read_notes(mentorship: Mentorship, person: UUID, seen: datetime, at: datetime) -> None:
    """Remember that this person has read every shared note that was written, or changed, up to the moment `seen`."""
    mine = side(mentorship, person, at)
    if mine.notes_read_until is None or seen > mine.notes_read_until:
        mine.notes_read_until = min(seen, at)
        mine.save(update_fields=["notes_read_until"])


@transaction.atomic
def note(
    mentorship: UUID,
    text: str,
    alone: bool,
    by: Party,
    *,
    files: Sequence[CleanFile] = (),
    spot: Spot = NOWHERE,
    keyring: Keyring | None,
    at: datetime,
    form: UUID | None,
) -> Note:
    """Keep a note: for both, or for its author alone. The same form twice is one note.

    Raises as `send` does; ValueError for experience that is not the mentor's, or that nobody else would read.
    """
    keys = unlocked(keyring)
    if spot.experience and (alone or by is not Party.MENTOR):
        raise ValueError("what one did is the mentor's to offer, and to both")
    room = enter_open(mentorship, "note", by)
    kept = Note.objects.filter(pk=form).first() if form else None
    if kept is not None:
        if (kept.mentorship_id, kept.author) != (room.pk, keys.owner):
            raise ledger.Reused("note")
        as_before = (kept.alone, opened(kept, keys)) == (alone, text) and attaching.same(kept, files, keys)
        if kept.version > 1 or as_before:
            return kept
        raise OtherWords
    _record_wanted(room)
    pk = form or uuid.uuid4()
    if not alone:
        side(room, other(room, by).user_id, at)
    row = Note(id=pk, mentorship=room, author=keys.owner, alone=alone, at=at)
    row.text = _sealed(row, "note.text", text, keys)
    if spot != NOWHERE:
        row.place = _sealed(row, "note.place", json.dumps(asdict(spot), sort_keys=True), keys)
    row.save(force_insert=True)
    attaching.attach(row, files, pk, keys)
    return row


@transaction.atomic
def change_note(
    row: Note,
    text: str,
    version: int,
    by: Party,
    *,
    files: Sequence[CleanFile] = (),
    without: Collection[UUID] = (),
    keyring: Keyring | None,
    at: datetime,
    form: UUID | None = None,
) -> None:
    """Put other words in one's own note, add files to it, and destroy those of its files that it shall be `without`.

    The same words and files twice are as once.

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
    form = form or uuid.uuid4()
    fresh = () if attaching.attached_by(form, files, keys) else files
    unwanted = Attachment.objects.filter(note=found, pk__in=without)
    if opened(found, keys) == text and not fresh and not unwanted.exists():
        return
    _record_wanted(room)
    edit(row, version, text=_sealed(row, "note.text", text, keys), edited_at=at)
    unwanted.delete()
    attaching.attach(found, fresh, form, keys)


@transaction.atomic
def delete_note(row: Note, by: Party) -> None:
    """Destroy one's own note, with its files. Raises Impossible when the mentorship is over."""
    enter_open(row.mentorship_id, "delete_note", by)
    Note.objects.filter(pk=row.pk).delete()


def opened(row: Note, keys: Keyring) -> str:
    """The words of a note. Raises NotGranted, Tampered, also for a note that another keeps for themself."""
    return _opened(row, "note.text", row.text, keys)


def spot_of(row: Note, keys: Keyring) -> Spot:
    """Where a note stands; raises as `opened`."""
    return NOWHERE if row.place is None else Spot(**json.loads(_opened(row, "note.place", row.place, keys)))


def record_wanted(mentorship: Mentorship) -> bool:
    """May the two write here? Not while either wishes for no written record."""
    return not Side.objects.filter(mentorship=mentorship, unwritten_at__isnull=False).exists()


def _is(sent: Message, text: str, files: Sequence[CleanFile], keys: Keyring) -> bool:
    """Does the message say just this?"""
    words = sent.text and keys.open(sent.mentorship_id, "message.text", sent.pk, sent.author, sent.text)
    return words == text and attaching.same(sent, files, keys)


def _record_wanted(room: Mentorship) -> None:
    if not record_wanted(room):
        raise NoRecord


def _opened(row: Note, kind: str, sealed: Sealed, keys: Keyring) -> str:
    if row.alone:
        return keys.open_private(kind, row.pk, sealed)
    return keys.open(row.mentorship_id, kind, row.pk, row.author, sealed)


def _sealed(row: Note, kind: str, text: str, keys: Keyring) -> Sealed:
    if row.alone:
        return keys.seal_private(kind, row.pk, text)
    return keys.seal(row.mentorship_id, kind, row.pk, text)


def _read(room: Mentorship, person: UUID, seen: datetime | None, at: datetime) -> None:
    mine = side(room, person, at)
    if seen is not None and (mine.read_until is None or seen > mine.read_until):
        mine.read_until = min(seen, at)
        mine.save(update_fields=["read_until"])
