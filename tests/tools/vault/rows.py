"""A model with a field of every way to seal. Its rows stay in memory: what opens a row is in the row."""

from uuid import UUID, uuid4

from django.db import models
from django.test.utils import isolate_apps

from ithaca.tools.vault.fields import (
    SealedField,
    SealedFileForPair,
    SealedForAuthor,
    SealedForMailbox,
    SealedForPair,
    SealedForServer,
)
from ithaca.tools.vault.keyring import Keyring

BETWEEN = {"relationship": "pair", "author": "author", "alone": "alone", "null": True}

with isolate_apps("ithaca.tools.vault"):

    class Writing(models.Model):
        """What somebody wrote: to another, for themself, to a mailbox, or for the server."""

        id = models.UUIDField(primary_key=True, default=uuid4)
        pair = models.UUIDField()
        author = models.UUIDField(null=True)
        alone = models.BooleanField(default=False)
        desk = models.UUIDField()
        message = SealedForPair(kind="message", **BETWEEN)
        goal = SealedForPair(kind="goal", **BETWEEN)
        file = SealedFileForPair(kind="file", **BETWEEN)
        name = SealedFileForPair(kind="name", **BETWEEN)
        note = SealedForAuthor(kind="note", author="author", null=True)
        reason = SealedForAuthor(kind="reason", null=True)
        request = SealedForMailbox(kind="request", mailbox="desk", null=True)
        answer = SealedForMailbox(kind="answer", mailbox="desk", null=True)
        topics = SealedForServer(kind="topics", null=True)
        telephone = SealedForServer(kind="telephone", null=True)
        headings = SealedForServer(kind="headings", item="desk", null=True)

        class Meta:
            app_label = "vault"

    class Elsewhere(models.Model):
        """The same kinds, sealed in other ways: what a column says of itself opens nothing."""

        id = models.UUIDField(primary_key=True, default=uuid4)
        pair = models.UUIDField()
        author = models.UUIDField(null=True)
        alone = models.BooleanField(default=False)
        message = SealedForServer(kind="message", null=True)
        file = SealedForPair(kind="file", **BETWEEN)
        topics = SealedForMailbox(kind="topics", mailbox="pair", null=True)

        class Meta:
            app_label = "vault"


FIELDS: list[SealedField] = [field for field in Writing._meta.local_fields if isinstance(field, SealedField)]


def put(row: models.Model, field: SealedField, data: bytes) -> models.Model:
    """Put ciphertext in a column, as one who writes to the database can; return the row."""
    setattr(row, field.name, field.from_db_value(data))
    return row


def written_by(author: UUID, pair: UUID, **facts: object) -> Writing:
    """Return an empty row."""
    return Writing(author=author, pair=pair, **facts)


def message(keys: Keyring, pair: UUID, text: str) -> Writing:
    """Return a row with what its author wrote to the other of a relationship."""
    row = written_by(keys.owner, pair)
    row.message = Writing.message.seal(row, text, keys)
    return row


def note(keys: Keyring, text: str) -> Writing:
    """Return a row with what its author wrote for themself."""
    row = Writing(author=keys.owner)
    row.note = Writing.note.seal(row, text, keys)
    return row


def letter(desk: UUID, text: str, **facts: object) -> Writing:
    """Return a row with what somebody wrote to a mailbox."""
    row = Writing(desk=desk, **facts)
    row.request = Writing.request.seal(row, text)
    return row


def moved(row: Writing, **facts: object) -> Writing:
    """Return the same ciphertext in another row, as one who writes to the database can put it there."""
    return Writing(**{field.attname: getattr(row, field.attname) for field in Writing._meta.local_fields} | facts)


def changed(row: Writing, field: SealedField, data: bytes) -> Writing:
    """Return the row with other bytes in one of its columns."""
    other = moved(row)
    put(other, field, data)
    return other
