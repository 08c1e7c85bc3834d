"""What a mentor offers: the structured answers of an application and of a standing."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ithaca.records.schemes import vocabulary

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A mentor's answers; every list holds codes of `schemes.vocabulary`.

    Fields:
        own_words: a few lines about themselves; read by the coordinator and by those who are offered them as a mentor.
        roles, topics: what they can be to someone, and what they know.
        reasons: the situations they have experience of.
        slots, ways, languages: when, how and in which languages they can meet.
    """

    own_words: str = ""
    roles: Codes = ()
    topics: Codes = ()
    reasons: Codes = ()
    slots: Codes = ()
    ways: Codes = ()
    languages: Codes = ()

    def to_json(self) -> str:
        """Return the text that is sealed."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Offer":
        """Read what `to_json` wrote."""
        found = json.loads(text)
        codes = {f.name: tuple(found.get(f.name, ())) for f in fields(cls) if f.name != "own_words"}
        return cls(own_words=found.get("own_words", ""), **codes)


NOTHING_YET = Offer()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One list of an offer, declared once for every page and spreadsheet that shows it.

    Fields:
        step: the page that asks for it, a key of `STEPS` in joining.
        words: the vocabulary of its codes.
        own, desk, mentee: its heading for the mentor, for coordinators, and for someone who is offered this mentor.
        wanted: an offer can't be sent without it.
    """

    step: str
    words: Mapping[str, Any]
    own: Promise
    desk: Promise
    mentee: Promise
    wanted: bool = True


LISTED = {
    "roles": Listed(
        step="roles",
        words=vocabulary.ROLES,
        own=_("Roles you'd take on"),
        desk=_("Roles"),
        mentee=_("Can be for you"),
    ),
    "reasons": Listed(
        step="knowledge",
        words=vocabulary.SITUATIONS,
        own=_("What you've been through"),
        desk=_("Situations"),
        mentee=_("Knows about"),
        wanted=False,
    ),
    "topics": Listed(
        step="knowledge",
        words=vocabulary.TOPICS,
        own=_("Topics you could help with"),
        desk=_("Topics"),
        mentee=_("Can talk about"),
    ),
    "slots": Listed(
        step="times",
        words=vocabulary.SLOTS,
        own=_("When you can meet"),
        desk=_("Times"),
        mentee=_("Usually free"),
    ),
    "ways": Listed(
        step="times",
        words=vocabulary.WAYS,
        own=_("How you can meet"),
        desk=_("Ways to meet"),
        mentee=_("Meets by"),
    ),
    "languages": Listed(
        step="times",
        words=vocabulary.LANGUAGES,
        own=_("Languages"),
        desk=_("Languages"),
        mentee=_("Speaks"),
    ),
}
"""The lists of an offer, by the name of their field, in the order in which they are asked."""


def listed(*first: str) -> tuple[str, ...]:
    """Return the names of an offer's lists: those that a page puts first, then every other."""
    return (*first, *(name for name in LISTED if name not in first))
