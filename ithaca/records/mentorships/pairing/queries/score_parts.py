"""Why two people suit one another, and why not, in plain words for the matchmaker's codes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ithaca.records.mentorships.pairing.queries.candidates import Part, Reason, policy_of
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import LANGUAGES, REASONS, ROLES, SLOTS, TOPICS, WAYS

WORDS = {
    Reason.OTHER_SCHEME: gettext_lazy("Belongs to a different scheme"),
    Reason.SAME_PERSON: gettext_lazy("The same person"),
    Reason.SAME_ORGANISATION: gettext_lazy("The same organisation"),
    Reason.SAME_PCN: gettext_lazy("The same primary care network"),
    Reason.SAME_SUB_ICB: gettext_lazy("The same sub-ICB location"),
    Reason.SAME_ICB: gettext_lazy("The same integrated care board"),
    Reason.AREA_NOT_KNOWN: gettext_lazy("We don't know the area of one of them"),
    Reason.OTHER_PROFESSION: gettext_lazy("A different profession"),
    Reason.PROFESSION_NOT_SERVED: gettext_lazy("Doesn't mentor this profession"),
    Reason.NO_COMMON_TIME: gettext_lazy("No time in common"),
    Reason.NO_COMMON_WAY: gettext_lazy("No way to meet in common"),
    Reason.DECLINED: gettext_lazy("They were introduced before"),
    Reason.BELOW_FLOOR: gettext_lazy("Too little in common"),
    Reason.NOT_AVAILABLE: gettext_lazy("Not available"),
}
"""For a coordinator: every reason that `Verdict.shown_to_coordinator` can give."""

PART_WORDS = {
    "asked": gettext_lazy("Asked for by name"),
    "roles": gettext_lazy("Roles"),
    "situations": gettext_lazy("Situations"),
    "topics": gettext_lazy("Topics"),
    "times": gettext_lazy("Times"),
    "ways": gettext_lazy("Ways to meet"),
    "languages": gettext_lazy("Languages"),
    "profession": gettext_lazy("Profession"),
    "near": gettext_lazy("Works close by"),
    "apart": gettext_lazy("Works in another area"),
}
"""The heading of each part of suitability, for a coordinator."""

_AREAS = {
    "pcn": gettext_lazy("primary care network"),
    "sub_icb": gettext_lazy("sub-ICB location"),
    "icb": gettext_lazy("integrated care board"),
    "region": gettext_lazy("region"),
}
_MATCHED: dict[str, Mapping[str, Any]] = {
    "roles": {code: name for code, (name, _meaning) in ROLES.items()},
    "situations": REASONS,
    "topics": TOPICS,
    "times": SLOTS,
    "ways": WAYS,
    "languages": LANGUAGES,
    "near": _AREAS,
    "apart": _AREAS,
}


def words(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Return the reasons against a pair, for a coordinator."""
    return tuple(str(WORDS[reason]) for reason in reasons)


def parts_from_json(text: str) -> tuple[Part, ...]:
    """Read the parts that were frozen on an introduction."""
    return tuple(Part(**part | {"matched": frozenset(part["matched"])}) for part in json.loads(text))


def parts_to_json(parts: Iterable[Part]) -> str:
    """Freeze the parts of a score."""
    found = [{"name": p.name, "points": p.points, "of": p.of, "matched": sorted(p.matched)} for p in parts]
    return json.dumps(found, sort_keys=True)


def matched(part: Part) -> str:
    """Return what they have in common in one part, as a list in words; empty if nothing."""
    known: Mapping[str, Any] = _MATCHED.get(part.name, {})
    return get_text_list([_within(part.name, str(known[code])) for code in known if code in part.matched], _("and"))


def _within(part: str, word: str) -> str:
    """Write a word of the vocabulary within a sentence: what someone says of themselves is quoted."""
    if part == "situations":
        return f"“{word}”"
    return word[:1].lower() + word[1:] if part in ("roles", "topics", "ways") else word


def why(parts: Iterable[Part]) -> tuple[str, ...]:
    """Why this mentor: a sentence for each part that counts, for the mentee. No points, no areas by name."""
    return tuple(_sentence(part) for part in parts if part.points and part.name in _SENTENCES)


_SENTENCES = {
    "asked": gettext_lazy("You asked for them."),
    "roles": gettext_lazy("They can be your %(matched)s."),
    "situations": gettext_lazy("They know situations like yours: %(matched)s."),
    "topics": gettext_lazy("They can talk to you about: %(matched)s."),
    "times": gettext_lazy("You're both free on %(matched)s."),
    "ways": gettext_lazy("Ways you can both meet: %(matched)s."),
    "languages": gettext_lazy("You both speak %(matched)s."),
    "profession": gettext_lazy("They work in the same profession as you."),
    "near": gettext_lazy("They work in your part of the country."),
    "apart": gettext_lazy("They work in another area, so they see yours from the outside."),
}


def _sentence(part: Part) -> str:
    return str(_SENTENCES[part.name]) % {"matched": matched(part)}


@dataclass(frozen=True, slots=True)
class Rules:
    """A scheme's rules in words: `hard` keep two people apart here, `soft` count in favour and forbid nothing.

    `weights`: each part of suitability with the most points it can give.
    """

    version: str
    hard: tuple[str, ...]
    soft: tuple[str, ...]
    weights: tuple[tuple[str, int], ...]


_HARDENABLE = {
    "pcn": (gettext_lazy("People in the same primary care network"), gettext_lazy("A different primary care network")),
    "sub_icb": (gettext_lazy("People in the same sub-ICB location"), gettext_lazy("A different sub-ICB location")),
    "icb": (
        gettext_lazy("People in the same integrated care board"),
        gettext_lazy("A different integrated care board"),
    ),
    "profession": (gettext_lazy("People in different professions"), gettext_lazy("The same profession")),
}


def rules_of(scheme: Scheme) -> Rules:
    """Return the scheme's rules as they are now; raises `matchmaker.PolicyError` if they can't be used."""
    policy = policy_of(scheme)
    return Rules(
        version=policy.version,
        hard=tuple(str(hard) for rule, (hard, _soft) in _HARDENABLE.items() if rule in policy.hard),
        soft=tuple(str(soft) for rule, (_hard, soft) in _HARDENABLE.items() if rule not in policy.hard),
        weights=tuple((str(words), int(getattr(policy.weights, part))) for part, words in PART_WORDS.items()),
    )
