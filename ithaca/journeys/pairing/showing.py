"""How a mentor, a mentee and a first chat are shown on pages."""

from typing import Any

from django.utils.translation import gettext as _

from ithaca.records.mentorships.pairing.queries.introductions import Chat, MenteeShown, MentorShown
from ithaca.records.mentorships.rules.answers import Answers
from ithaca.records.schemes.vocabulary import LANGUAGES, REASONS, ROLES, SITUATIONS, SLOTS, TOPICS, WAYS


def names(words: Any, codes: tuple[str, ...]) -> list[str]:
    """The words for these codes, in the vocabulary's order."""
    found = [words[code] for code in words if code in codes]
    return [str(word[0] if isinstance(word, tuple) else word) for word in found]


def mentor(found: MentorShown) -> dict[str, Any]:
    """A mentor for a template: name, profession, own words, why, and the rows of a summary list."""
    offer = found.offer
    rows = [
        (_("Can be for you"), names(ROLES, offer.roles)),
        (_("Knows about"), names(SITUATIONS, offer.reasons)),
        (_("Can talk about"), names(TOPICS, offer.topics)),
        (_("Meets by"), names(WAYS, offer.ways)),
        (_("Usually free"), names(SLOTS, offer.slots)),
        (_("Speaks"), names(LANGUAGES, offer.languages)),
    ]
    return {
        "standing": found.standing,
        "name": found.name,
        "profession": found.profession,
        "own_words": offer.own_words,
        "why": found.why,
        "rows": _rows(rows),
    }


def mentee(found: MenteeShown) -> dict[str, Any]:
    """A mentee for a template: name, profession, story, and the rows of a summary list."""
    said = found.answers
    rows = [
        (_("What brings them"), names(REASONS, said.reasons)),
        (_("Hopes for"), names(ROLES, said.roles)),
        (_("Would like to talk about"), names(TOPICS, said.topics)),
        (_("Would like to meet by"), names(WAYS, said.ways)),
        (_("Usually free"), names(SLOTS, said.slots)),
        (_("Speaks"), names(LANGUAGES, said.languages)),
    ]
    return {"name": found.name, "profession": found.profession, "story": found.story, "rows": _rows(rows)}


def chat(found: Chat | None) -> dict[str, str] | None:
    """A first chat for a template."""
    return {"way": str(WAYS.get(found.way, found.way)), "place": found.place} if found else None


def near(said: Answers) -> str:
    """Where the mentor should work."""
    return {
        None: _("Your mentor may work anywhere"),
        True: _("Your mentor works close by"),
        False: _("Your mentor works away from where you work"),
    }[said.wants_near]


def _rows(rows: list[tuple[str, list[str]]]) -> list[dict[str, Any]]:
    """What was not said is left out."""
    return [{"key": key, "value": value} for key, value in rows if value]
