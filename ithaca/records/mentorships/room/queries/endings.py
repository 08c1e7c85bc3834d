"""Reading how a mentorship ended."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ithaca.records import times
from ithaca.records.mentorships.models import Ending, Mentorship
from ithaca.records.mentorships.room.queries.sessions import sessions_of
from ithaca.records.mentorships.rules.stages.room import EndingStage, SessionStage
from ithaca.tools.vault.errors import Locked, NotGranted
from ithaca.tools.vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class ShownEnding:
    """What two people did together, and until when it is kept."""

    began_on: date
    ended_on: date
    held: int
    i_ended: bool
    has_words: bool
    kept_until: date
    destroyed: bool


def ending_of(mentorship: Mentorship, person: UUID) -> ShownEnding:
    """How it ended, for a mentorship that has."""
    ending = mentorship.ending
    ended_on = mentorship.ended_on or ending.asked_on
    return ShownEnding(
        mentorship.began_on,
        ended_on,
        mentorship.held_before + sum(meeting.stage == SessionStage.HELD for meeting in sessions_of(mentorship.pk)),
        ending.asked_by == person,
        ending.words is not None,
        times.year_after(ended_on),
        ending.stage == EndingStage.PURGED,
    )


def last_words(mentorship: Mentorship, keyring: Keyring | None) -> str:
    """Return the final message that was left, or an empty text; raises Locked, NotGranted, Tampered."""
    return Ending.words.unseal(mentorship.ending, keyring)


def last_words_if_open(mentorship: Mentorship, keyring: Keyring | None) -> str | None:
    """Return the final message, or None while this person can't read it."""
    try:
        return last_words(mentorship, keyring)
    except (Locked, NotGranted):
        return None
