"""Files beside what is written: they come with a message or a note, and go with it."""

import json
from collections.abc import Sequence
from uuid import UUID, uuid5

from django.db.models import Max, Q, QuerySet

from ithaca.records.mentorships.models import Attachment, Message, Note
from ithaca.records.mentorships.writing.queries.attachments import about_of
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.files.cleaning import CleanFile
from ithaca.tools.vault.keyring import Keyring

MOST = 3
"""Files of one message or note."""


def attach(row: Message | Note, files: Sequence[CleanFile], form: UUID, keys: Keyring) -> None:
    """Seal these files beside a message or note, under uuids made from the form's."""
    last = _beside(row).aggregate(last=Max("number"))["last"]
    first = 0 if last is None else last + 1
    for number, file in enumerate(files):
        attachment = Attachment(id=_uuid(form, number), mentorship_id=row.mentorship_id, author=keys.owner)
        attachment.number = first + number
        if isinstance(row, Note):
            attachment.note, attachment.alone = row, row.alone
        else:
            attachment.message = row
        _seal(attachment, file, keys)
        attachment.save(force_insert=True)


def attached_by(form: UUID, files: Sequence[CleanFile], keys: Keyring) -> bool:
    """Has this form attached these files before? Raises ChangedMeanwhile when it has attached others."""
    kept = Attachment.objects.filter(pk__in=made_by(form)).defer("data")
    digests = [about_of(one, keys)["digest"] for one in kept]
    if digests and digests != [file.digest for file in files]:
        raise ChangedMeanwhile
    return bool(digests)


def made_by(form: UUID) -> set[UUID]:
    """Return the uuids of all the files that this form may have attached."""
    return {_uuid(form, number) for number in range(MOST)}


def same(row: Message | Note, files: Sequence[CleanFile], keys: Keyring) -> bool:
    """Are these the files that lie beside it? Raises NotGranted, Tampered."""
    kept = [about_of(one, keys)["digest"] for one in _beside(row).defer("data")]
    return kept == [file.digest for file in files]


def _seal(row: Attachment, file: CleanFile, keys: Keyring) -> None:
    belongs = str(row.message_id or row.note_id)
    about = {"name": file.name, "kind": file.kind, "size": len(file.data), "digest": file.digest, "of": belongs}
    words = json.dumps(about, sort_keys=True)
    row.about = Attachment.about.seal(row, words, keys)
    row.data = Attachment.data.seal(row, file.data, keys)


def _beside(row: Message | Note) -> "QuerySet[Attachment]":
    return Attachment.objects.filter(Q(message=row.pk) | Q(note=row.pk))


def _uuid(form: UUID, number: int) -> UUID:
    """Pressing twice keeps a file once. Of what it holds its uuid says nothing."""
    return uuid5(form, str(number))
