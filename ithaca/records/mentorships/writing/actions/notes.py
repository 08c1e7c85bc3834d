"""Writing, changing and deleting notes."""

import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records.mentorships.models import Attachment, Mentorship, Note
from ithaca.records.mentorships.room.actions.sides import side_of
from ithaca.records.mentorships.room.actions.written_record import must_want_record
from ithaca.records.mentorships.room.locks import enter_open, other
from ithaca.records.mentorships.writing.actions import attachments
from ithaca.records.mentorships.writing.actions.messages import OtherWords
from ithaca.records.mentorships.writing.queries.notes import NO_PLACE, NotePlace
from ithaca.records.stages import Party
from ithaca.records.versions import ChangedMeanwhile, edit
from ithaca.tools.files.cleaning import CleanFile
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.vault.keyring import Keyring, unlocked


@transaction.atomic
def read(mentorship: Mentorship, person: UUID, seen: datetime, at: datetime) -> None:
    """Remember that this person has read every shared note that was written, or changed, up to the moment `seen`."""
    mine = side_of(mentorship, person, at)
    if mine.notes_read_until is None or seen > mine.notes_read_until:
        mine.notes_read_until = min(seen, at)
        mine.save(update_fields=["notes_read_until"])


@transaction.atomic
def write(
    mentorship: UUID,
    text: str,
    alone: bool,
    by: Party,
    *,
    files: Sequence[CleanFile] = (),
    spot: NotePlace = NO_PLACE,
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
        as_before = (kept.alone, Note.text.unseal(kept, keys)) == (alone, text) and attachments.same(kept, files, keys)
        if kept.version > 1 or as_before:
            return kept
        raise OtherWords
    must_want_record(room)
    pk = form or uuid.uuid4()
    if not alone:
        side_of(room, other(room, by).user_id, at)
    row = Note(id=pk, mentorship=room, author=keys.owner, alone=alone, at=at)
    row.text = Note.text.seal(row, text, keys)
    if spot != NO_PLACE:
        row.place = Note.place.seal(row, json.dumps(asdict(spot), sort_keys=True), keys)
    row.save(force_insert=True)
    attachments.attach(row, files, pk, keys)
    return row


@transaction.atomic
def change(
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
    fresh = () if attachments.attached_by(form, files, keys) else files
    unwanted = Attachment.objects.filter(note=found, pk__in=without)
    if Note.text.unseal(found, keys) == text and not fresh and not unwanted.exists():
        return
    must_want_record(room)
    edit(row, version, text=Note.text.seal(row, text, keys), edited_at=at)
    unwanted.delete()
    attachments.attach(found, fresh, form, keys)


@transaction.atomic
def delete(row: Note, by: Party) -> None:
    """Destroy one's own note, with its files. Raises Impossible when the mentorship is over."""
    enter_open(row.mentorship_id, "delete_note", by)
    Note.objects.filter(pk=row.pk).delete()
