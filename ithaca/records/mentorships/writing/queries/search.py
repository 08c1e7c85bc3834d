"""Searching messages, notes and feedback."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from ithaca.records.mentorships.models import Mentorship, Message, PhaseStep
from ithaca.records.mentorships.writing.queries.attachments import File, Files, beside_all
from ithaca.records.mentorships.writing.queries.feedback import ShownFeedback, all_feedback, given_in
from ithaca.records.mentorships.writing.queries.messages import ShownMessage, messages_of, shown_message
from ithaca.records.mentorships.writing.queries.notes import ShownNote, notes_of, shown_note
from ithaca.tools.vault.keyring import Keyring, unlocked

MOST_FOUND = 50
"""As many as a page of what was found shows; the newest."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found: messages, notes and feedback, the newest first, and how many there are in all."""

    messages: tuple[ShownMessage, ...]
    notes: tuple[ShownNote, ...]
    total: int
    feedback: tuple[ShownFeedback, ...] = ()


def anything_written(mentorship: Mentorship, person: UUID) -> bool:
    """Say whether there is a message, a note that this person may read, feedback or a phase."""
    phases = PhaseStep.objects.filter(mentorship=mentorship)
    rows = (messages_of(mentorship), notes_of(mentorship, person), given_in(mentorship), phases)
    return any(each.exists() for each in rows)


def search(mentorship: Mentorship, words: str, keyring: Keyring | None) -> SearchResult:
    """Find all that was written in the room and holds each of these words, in any case, or has a file named so.

    A fixed number of queries, no index.

    Raises Locked when the keyring is None; NotGranted, Tampered.
    """
    keys = unlocked(keyring)
    wanted = words.casefold().split()
    if not wanted:
        return SearchResult((), (), 0)
    files = beside_all(mentorship, keys)
    found = list(_found(messages_of(mentorship).filter(text__isnull=False), wanted, keys, files))
    written = (shown_note(row, keys, files) for row in notes_of(mentorship, keys.owner))
    kept = [one for one in written if _has(wanted, _words_of(one.text, one.files))]
    said = [one for one in all_feedback(mentorship, keys) if _has(wanted, one.text or "")]
    total = len(found) + len(kept) + len(said)
    return SearchResult(tuple(found[:MOST_FOUND]), tuple(kept[:MOST_FOUND]), total, tuple(said[:MOST_FOUND]))


def _found(rows: "QuerySet[Message]", wanted: Sequence[str], keys: Keyring, files: Files) -> Iterator[ShownMessage]:
    for row in rows.iterator(chunk_size=1000):
        message = shown_message(row, row.at, keys, files)
        if message.text is not None and _has(wanted, _words_of(message.text, message.files)):
            yield message


def _words_of(text: str, files: Sequence[File]) -> str:
    return " ".join((text, *(file.name for file in files)))


def _has(wanted: Sequence[str], text: str) -> bool:
    folded = text.casefold()
    return all(one in folded for one in wanted)
