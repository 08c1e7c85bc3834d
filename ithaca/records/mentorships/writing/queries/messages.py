"""Reading messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from ithaca.records.mentorships.models import Mentorship, Message
from ithaca.records.mentorships.rules.deadlines import TAKE_BACK_FOR
from ithaca.records.mentorships.writing.queries.attachments import File, Files, beside
from ithaca.tools.vault.errors import Locked, NotGranted
from ithaca.tools.vault.keyring import Keyring, unlocked

PAGE = 20


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """One message. `text` is None when it was taken back."""

    pk: UUID
    mine: bool
    at: datetime
    text: str | None
    new: bool = False
    files: tuple[File, ...] = ()

    def may_be_taken_back(self, at: datetime) -> bool:
        return self.mine and self.text is not None and at <= self.at + TAKE_BACK_FOR


def messages_of(mentorship: Mentorship) -> "QuerySet[Message]":
    """Return the messages of a room, the newest first, as rows; `read` opens those of one page."""
    return Message.objects.filter(mentorship=mentorship).order_by("-at", "-pk")


def shown(rows: Sequence[Message], read_until: datetime | None, keyring: Keyring | None) -> tuple[ShownMessage, ...]:
    """Open these messages. Raises Locked if there is something to open and no key; NotGranted, Tampered."""
    files = beside([row.pk for row in rows], unlocked(keyring)) if rows else {}
    return tuple(shown_message(row, read_until, unlocked(keyring), files) for row in rows)


@dataclass(frozen=True, slots=True)
class LatestMessage:
    """The newest message of a room; `message` is None while this person cannot open it."""

    at: datetime
    message: ShownMessage | None


def latest(mentorship: Mentorship, read_until: datetime | None, keyring: Keyring | None) -> LatestMessage | None:
    """Return the newest message, open if it can be; None when there is none."""
    row = messages_of(mentorship).first()
    if row is None:
        return None
    try:
        return LatestMessage(row.at, shown([row], read_until, keyring)[0])
    except (Locked, NotGranted):
        return LatestMessage(row.at, None)


def unread(mentorship: Mentorship, person: UUID, read_until: datetime | None) -> int:
    """How many messages of the other this person has not read. Nobody's key is needed."""
    found = Message.objects.filter(mentorship=mentorship, text__isnull=False).exclude(author=person)
    return found.filter(at__gt=read_until).count() if read_until else found.count()


def shown_message(row: Message, read_until: datetime | None, keys: Keyring, files: Files) -> ShownMessage:
    text = Message.text.unseal(row, keys) if row.text else None
    mine = row.author == keys.owner
    new = not mine and text is not None and (read_until is None or row.at > read_until)
    return ShownMessage(row.pk, mine, row.at, text, new, files.get(row.pk, ()))
