"""The words for a mentor, a mentee and a first chat."""

from typing import Any

from django.utils.translation import gettext as _

from ithaca.records.members.offers import LISTED, listed
from ithaca.records.mentorships.pairing.queries.introductions import Chat, MenteeShown, MentorShown
from ithaca.records.mentorships.rules.answers import Answers
from ithaca.records.schemes.vocabulary import LANGUAGES, REASONS, ROLES, SLOTS, TOPICS, WAYS


def words_for(words: Any, codes: tuple[str, ...]) -> list[str]:
    """Return the words for these codes, in the vocabulary's order."""
    found = [words[code] for code in words if code in codes]
    return [str(word[0] if isinstance(word, tuple) else word) for word in found]


def describe_mentor(found: MentorShown) -> dict[str, Any]:
    """Describe a mentor for a template: name, profession, own words, why, and the rows of a summary list."""
    offer = found.offer
    shown = [(LISTED[name], getattr(offer, name)) for name in listed("roles", "reasons", "topics", "ways")]
    rows = [(str(declared.mentee), words_for(declared.words, codes)) for declared, codes in shown]
    return {
        "standing": found.standing,
        "name": found.name,
        "profession": found.profession,
        "own_words": offer.own_words,
        "why": found.why,
        "rows": _rows(rows),
    }


def describe_mentee(found: MenteeShown) -> dict[str, Any]:
    """Describe a mentee for a template: name, profession, story, and the rows of a summary list."""
    said = found.answers
    rows = [
        (_("What brings them"), words_for(REASONS, said.reasons)),
        (_("Hopes for"), words_for(ROLES, said.roles)),
        (_("Would like to talk about"), words_for(TOPICS, said.topics)),
        (_("Would like to meet by"), words_for(WAYS, said.ways)),
        (_("Usually free"), words_for(SLOTS, said.slots)),
        (_("Speaks"), words_for(LANGUAGES, said.languages)),
    ]
    return {"name": found.name, "profession": found.profession, "story": found.story, "rows": _rows(rows)}


def describe_chat(found: Chat | None) -> dict[str, str] | None:
    """Describe a first chat for a template."""
    return {"way": str(WAYS.get(found.way, found.way)), "place": found.place} if found else None


def nearness(said: Answers) -> str:
    """Say where the mentor should work."""
    return {
        None: _("Your mentor can work anywhere"),
        True: _("Your mentor works close by"),
        False: _("Your mentor works away from where you work"),
    }[said.wants_near]


def _rows(rows: list[tuple[str, list[str]]]) -> list[dict[str, Any]]:
    """Return the rows, without those that say nothing."""
    return [{"key": key, "value": value} for key, value in rows if value]
