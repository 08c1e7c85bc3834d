"""Sending messages and taking them back."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records.mentorships.models import Attachment, Mentorship, Message
from ithaca.records.mentorships.room.actions.sides import side_of
from ithaca.records.mentorships.room.actions.written_record import must_want_record
from ithaca.records.mentorships.room.locks import enter_open, other
from ithaca.records.mentorships.rules.deadlines import TAKE_BACK_FOR
from ithaca.records.mentorships.writing.actions import attachments
from ithaca.records.stages import Party
from ithaca.tools.files.cleaning import CleanFile
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.vault.keyring import Keyring, unlocked


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
    must_want_record(room)
    side_of(room, other(room, by).user_id, at)
    _read(room, keys.owner, seen, at)
    pk = form or uuid.uuid4()
    message = Message(id=pk, mentorship=room, author=keys.owner, at=at)
    message.text = Message.text.seal(message, text, keys)
    message.save(force_insert=True)
    attachments.attach(message, files, pk, keys)
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


def _is(sent: Message, text: str, files: Sequence[CleanFile], keys: Keyring) -> bool:
    """Say whether the message says just this."""
    return sent.text is not None and Message.text.unseal(sent, keys) == text and attachments.same(sent, files, keys)


def _read(room: Mentorship, person: UUID, seen: datetime | None, at: datetime) -> None:
    mine = side_of(room, person, at)
    if seen is not None and (mine.read_until is None or seen > mine.read_until):
        mine.read_until = min(seen, at)
        mine.save(update_fields=["read_until"])
