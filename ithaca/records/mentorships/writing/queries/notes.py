"""Reading notes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from ithaca.records.mentorships.models import Mentorship, Note
from ithaca.records.mentorships.rules import maps
from ithaca.records.mentorships.writing.queries.attachments import File, Files, beside
from ithaca.tools.vault.keyring import Keyring, unlocked


@dataclass(frozen=True, slots=True)
class ShownNote:
    """One note. `alone` when nobody but the reader can open it; `experience` when it says what the mentor did.

    `place` is the code of where it stands (`rules.maps`), or empty.
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


def unread(mentorship: Mentorship, person: UUID, read_until: datetime | None) -> int:
    """How many shared notes the other has written or changed since this person read them. Needs nobody's key."""
    found = Note.objects.filter(mentorship=mentorship, alone=False).exclude(author=person)
    return found.filter(Q(at__gt=read_until) | Q(edited_at__gt=read_until)).count() if read_until else found.count()


def notes_of(mentorship: Mentorship, person: UUID) -> "QuerySet[Note]":
    """Return the notes that this person may read, the newest first, as rows.

    Both people's shared ones and their own.
    """
    shared_or_own = Q(alone=False) | Q(author=person)
    return Note.objects.filter(shared_or_own, mentorship=mentorship).order_by("-at", "-pk")


def shown(rows: Sequence[Note], keyring: Keyring | None) -> tuple[ShownNote, ...]:
    """Open these notes. Raises Locked if there is something to open and no key; NotGranted, Tampered."""
    files = beside([row.pk for row in rows], unlocked(keyring)) if rows else {}
    return tuple(shown_note(row, unlocked(keyring), files) for row in rows)


def shown_one(row: Note, keys: Keyring) -> ShownNote:
    """One note, opened; raises NotGranted, Tampered."""
    return shown([row], keys)[0]


def shown_note(row: Note, keys: Keyring, files: Files) -> ShownNote:
    spot = place_of(row, keys)
    mine = row.author == keys.owner
    text = Note.text.unseal(row, keys)
    return ShownNote(
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


def notes_by_place(mentorship: Mentorship, keys: Keyring) -> dict[str, list[ShownNote]]:
    """Return the notes with a place that this person may read, by the code of their place, the earliest first."""
    found: dict[str, list[ShownNote]] = {}
    rows = list(notes_of(mentorship, keys.owner).filter(place__isnull=False).order_by("at", "pk"))
    for one in shown(rows, keys):
        found.setdefault(one.place, []).append(one)
    return found


def changed_at(one: ShownNote) -> datetime:
    """Return the moment at which it was written, or changed last."""
    return one.edited_at or one.at


def new_among(found: Sequence[ShownNote], read_until: datetime | None) -> set[UUID]:
    """Of these notes, those that the other wrote or changed since the reader read them last."""
    return {one.pk for one in found if not one.mine and (read_until is None or changed_at(one) > read_until)}


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where a note stands, by a code of `rules.maps`, and whether it says what the mentor did themself."""

    place: str = ""
    experience: bool = False


NO_PLACE = NotePlace()


def place_of(row: Note, keys: Keyring) -> NotePlace:
    """Where a note stands; raises as `opened`."""
    text = Note.place.unseal(row, keys)
    return NotePlace(**json.loads(text)) if text else NO_PLACE
