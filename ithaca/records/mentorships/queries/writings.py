"""Reading what the two wrote: messages, notes, and words sought in both. Nothing is kept open between requests."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from ithaca.records.mentorships import maps
from ithaca.records.mentorships.actions.writing import TAKE_BACK_FOR, opened, spot_of
from ithaca.records.mentorships.models import Mentorship, Message, Note, PhaseStep, Side
from ithaca.records.mentorships.queries.attachments import File, Files, beside, beside_all
from ithaca.records.mentorships.queries.listening import Echo, echoes_of, said_in
from ithaca.tools.vault.errors import Locked, NotGranted
from ithaca.tools.vault.keyless import open_for_server
from ithaca.tools.vault.keyring import Keyring, unlocked

PAGE = 20
MOST_FOUND = 50
"""As many as a page of what was found shows; the newest."""


@dataclass(frozen=True, slots=True)
class Word:
    """One message. `text` is None when it was taken back."""

    pk: UUID
    mine: bool
    at: datetime
    text: str | None
    new: bool = False
    files: tuple[File, ...] = ()

    def may_be_taken_back(self, at: datetime) -> bool:
        return self.mine and self.text is not None and at <= self.at + TAKE_BACK_FOR


@dataclass(frozen=True, slots=True)
class Leaf:
    """One note. `alone` when nobody but the reader can open it; `experience` when it says what the mentor did.

    `place` is the code of where it stands (`mentorships.maps`), or empty.
    """

    pk: UUID
    mine: bool
    alone: bool
    at: datetime
    edited_at: datetime | None
    text: str
    version: int
    place: str = ""
    experience: bool = False
    files: tuple[File, ...] = ()

    @property
    def where(self) -> str:
        """Where it stands, in words; empty when it stands by itself."""
        return maps.in_words(self.place)


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a room, as one of the two sees them."""

    mine: Side | None
    theirs: Side | None

    @property
    def no_record(self) -> bool:
        """Does either wish for no written record?"""
        return self.i_stopped or self.they_stopped

    @property
    def i_stopped(self) -> bool:
        return self.mine is not None and self.mine.unwritten_at is not None

    @property
    def they_stopped(self) -> bool:
        return self.theirs is not None and self.theirs.unwritten_at is not None

    @property
    def i_would_destroy(self) -> bool:
        return self.mine is not None and self.mine.destroy_at is not None

    @property
    def they_would_destroy(self) -> bool:
        return self.theirs is not None and self.theirs.destroy_at is not None

    @property
    def read_until(self) -> datetime | None:
        return self.mine.read_until if self.mine else None

    @property
    def notes_read_until(self) -> datetime | None:
        return self.mine.notes_read_until if self.mine else None


@dataclass(frozen=True, slots=True)
class Found:
    """What was sought: messages, notes and how sessions were, the newest first, and how many there are in all."""

    words: tuple[Word, ...]
    leaves: tuple[Leaf, ...]
    total: int
    said: tuple[Echo, ...] = ()


def sides_of(mentorship: Mentorship, person: UUID) -> Sides:
    """Both sides of the room, in one query."""
    rows = {row.person == person: row for row in Side.objects.filter(mentorship=mentorship)}
    return Sides(rows.get(True), rows.get(False))


def messages_of(mentorship: Mentorship) -> "QuerySet[Message]":
    """The messages of a room, the newest first, as rows; `read` opens those of one page."""
    return Message.objects.filter(mentorship=mentorship).order_by("-at", "-pk")


def read(rows: Sequence[Message], read_until: datetime | None, keyring: Keyring | None) -> tuple[Word, ...]:
    """These messages, opened. Raises Locked when there is something to open and no key; NotGranted, Tampered."""
    files = beside([row.pk for row in rows], unlocked(keyring)) if rows else {}
    return tuple(_word(row, read_until, unlocked(keyring), files) for row in rows)


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest message of a room; `word` is None while this person cannot open it."""

    at: datetime
    word: Word | None


def latest(mentorship: Mentorship, read_until: datetime | None, keyring: Keyring | None) -> Latest | None:
    """The newest message, open if it can be; None when there is none."""
    row = messages_of(mentorship).first()
    if row is None:
        return None
    try:
        return Latest(row.at, read([row], read_until, keyring)[0])
    except (Locked, NotGranted):
        return Latest(row.at, None)


def unread(mentorship: Mentorship, person: UUID, read_until: datetime | None) -> int:
    """How many messages of the other this person has not read. Nobody's key is needed."""
    found = Message.objects.filter(mentorship=mentorship, text__isnull=False).exclude(author=person)
    return found.filter(at__gt=read_until).count() if read_until else found.count()


def unread_notes(mentorship: Mentorship, person: UUID, read_until: datetime | None) -> int:
    """How many shared notes the other has written or changed since this person read them. Needs nobody's key."""
    found = Note.objects.filter(mentorship=mentorship, alone=False).exclude(author=person)
    return found.filter(Q(at__gt=read_until) | Q(edited_at__gt=read_until)).count() if read_until else found.count()


def notes_of(mentorship: Mentorship, person: UUID) -> "QuerySet[Note]":
    """The notes that this person may read, the newest first, as rows: both people's shared ones and their own."""
    shared_or_own = Q(alone=False) | Q(author=person)
    return Note.objects.filter(shared_or_own, mentorship=mentorship).order_by("-at", "-pk")


def is_any(mentorship: Mentorship, person: UUID) -> bool:
    """Is there a message, a note that this person may read, or a word or a phase that one of the two said?"""
    phases = PhaseStep.objects.filter(mentorship=mentorship)
    rows = (messages_of(mentorship), notes_of(mentorship, person), said_in(mentorship), phases)
    return any(each.exists() for each in rows)


def leaves(rows: Sequence[Note], keyring: Keyring | None) -> tuple[Leaf, ...]:
    """These notes, opened. Raises Locked when there is something to open and no key; NotGranted, Tampered."""
    files = beside([row.pk for row in rows], unlocked(keyring)) if rows else {}
    return tuple(_leaf(row, unlocked(keyring), files) for row in rows)


def leaf(row: Note, keys: Keyring) -> Leaf:
    """One note, opened; raises NotGranted, Tampered."""
    return leaves([row], keys)[0]


def _leaf(row: Note, keys: Keyring, files: Files) -> Leaf:
    spot = spot_of(row, keys)
    mine = row.author == keys.owner
    text = opened(row, keys)
    return Leaf(
        row.pk,
        mine,
        row.alone,
        row.at,
        row.edited_at,
        text,
        row.version,
        spot.place,
        spot.experience,
        files.get(row.pk, ()),
    )


def leaves_by_place(mentorship: Mentorship, keys: Keyring) -> dict[str, list[Leaf]]:
    """The notes that stand somewhere and that this person may read, by the code of their place, the earliest first."""
    found: dict[str, list[Leaf]] = {}
    rows = list(notes_of(mentorship, keys.owner).filter(place__isnull=False).order_by("at", "pk"))
    for one in leaves(rows, keys):
        found.setdefault(one.place, []).append(one)
    return found


def last_at(one: Leaf) -> datetime:
    """The moment at which it was written, or changed last."""
    return one.edited_at or one.at


def news_among(found: Sequence[Leaf], read_until: datetime | None) -> set[UUID]:
    """Of these notes, those that the other wrote or changed since the reader read them last."""
    return {one.pk for one in found if not one.mine and (read_until is None or last_at(one) > read_until)}


def seek(mentorship: Mentorship, words: str, keyring: Keyring | None) -> Found:
    """All that was written in the room and holds each of these words, in any case, or has a file named so.

    A fixed number of queries, no index.

    Raises Locked when the keyring is None; NotGranted, Tampered.
    """
    keys = unlocked(keyring)
    wanted = words.casefold().split()
    if not wanted:
        return Found((), (), 0)
    files = beside_all(mentorship, keys)
    found = list(_found(messages_of(mentorship).filter(text__isnull=False), wanted, keys, files))
    written = (_leaf(row, keys, files) for row in notes_of(mentorship, keys.owner))
    kept = [one for one in written if _has(wanted, _words_of(one.text, one.files))]
    said = [echo for echo in echoes_of(mentorship, keys) if _has(wanted, echo.text or "")]
    total = len(found) + len(kept) + len(said)
    return Found(tuple(found[:MOST_FOUND]), tuple(kept[:MOST_FOUND]), total, tuple(said[:MOST_FOUND]))


def days_of(one: Side | None) -> tuple[str, ...]:
    """The days on which this person usually replies, as codes of `vocabulary.DAYS`; none when they have not said."""
    if one is None or one.replies is None:
        return ()
    return tuple(json.loads(open_for_server("side.replies", one.pk, one.replies)))


def _word(row: Message, read_until: datetime | None, keys: Keyring, files: Files) -> Word:
    text = keys.open(row.mentorship_id, "message.text", row.pk, row.author, row.text) if row.text else None
    mine = row.author == keys.owner
    new = not mine and text is not None and (read_until is None or row.at > read_until)
    return Word(row.pk, mine, row.at, text, new, files.get(row.pk, ()))


def _found(rows: "QuerySet[Message]", wanted: Sequence[str], keys: Keyring, files: Files) -> Iterator[Word]:
    for row in rows.iterator(chunk_size=1000):
        word = _word(row, row.at, keys, files)
        if word.text is not None and _has(wanted, _words_of(word.text, word.files)):
            yield word


def _words_of(text: str, files: Sequence[File]) -> str:
    return " ".join((text, *(file.name for file in files)))


def _has(wanted: Sequence[str], text: str) -> bool:
    folded = text.casefold()
    return all(one in folded for one in wanted)
