"""How well two people suit one another: whole points in named parts.

A part in which k things are wanted and up to `weight` points are given makes each of them worth ⌊weight / k⌋ points
and counts those the mentor offers. Nothing wanted, nothing to gain: the part is then worth 0 of 0.
"""

from dataclasses import dataclass

from matchmaker.people import NONE, Mentee, Mentor, Person
from matchmaker.policy import Policy

NEAR = ("sub_icb", "icb", "region")
APART = ("pcn", "sub_icb", "icb")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: `points` out of `of`, and what the two have in common to earn them."""

    name: str
    points: int
    of: int
    matched: frozenset[str]


@dataclass(frozen=True, slots=True)
class Suitability:
    """The total of a pair and the parts it is the sum of."""

    total: int
    parts: tuple[Part, ...]


def suitability(mentee: Mentee, mentor: Mentor, policy: Policy) -> Suitability:
    """Work out the suitability of a pair, allowed or not, by the policy's weights."""
    weights = policy.weights
    languages = mentee.languages & mentor.languages
    same_profession = frozenset({mentor.profession}) if mentee.profession == mentor.profession else NONE
    parts = (
        _asked(weights.asked, mentee.prefers, mentor.id),
        _shared("roles", weights.roles, mentee.wants, mentor.offers, len(mentee.wants)),
        _shared("situations", weights.situations, mentee.situations, mentor.situations, len(mentee.situations)),
        _shared("topics", weights.topics, mentee.topics, mentor.topics, len(mentee.topics)),
        _shared("times", weights.times, mentee.slots, mentor.slots, policy.enough_times),
        _shared("ways", weights.ways, mentee.ways, mentor.ways, policy.enough_ways),
        _whole("languages", weights.languages, languages, possible=bool(mentee.languages)),
        _whole("profession", weights.profession, same_profession, possible=True),
        _areas("near", weights.near, same_areas(mentee, mentor), NEAR if mentee.wants_near else ()),
        _areas("apart", weights.apart, apart_areas(mentee, mentor), APART),
    )
    return Suitability(sum(part.points for part in parts), parts)


def points_asked(weight: int, named: int) -> list[int]:
    """Return the points for each of so many mentors asked for by name, the most wanted first: all, then less.

    Even steps (Borda's count of 1781, on the scale of the weight), so that an order weighs as much as a single name.
    """
    return [weight * (named - before) // named for before in range(named)]


def same_areas(one: Person, other: Person) -> frozenset[str]:
    """Return the areas, known for both, in which the two are together."""
    return frozenset(area for area, a, b in _areas_of(one, other) if a is not None and a == b)


def apart_areas(one: Person, other: Person) -> frozenset[str]:
    """Return the areas, known for both, in which the two are apart."""
    return frozenset(area for area, a, b in _areas_of(one, other) if a is not None and b is not None and a != b)


def _areas_of(one: Person, other: Person) -> tuple[tuple[str, str | None, str | None], ...]:
    return (
        ("pcn", one.pcn, other.pcn),
        ("sub_icb", one.sub_icb, other.sub_icb),
        ("icb", one.icb, other.icb),
        ("region", one.region, other.region),
    )


def _asked(weight: int, named: tuple[str, ...], ident: str) -> Part:
    """Return the part for being asked for by name, in an order."""
    if ident not in named:
        return Part("asked", 0, weight if named else 0, NONE)
    return Part("asked", points_asked(weight, len(named))[named.index(ident)], weight, frozenset({ident}))


def _shared(name: str, weight: int, wanted: frozenset[str], offered: frozenset[str], enough: int) -> Part:
    """Return a part that counts what is wanted and offered, up to `enough`."""
    if not wanted:
        return Part(name, 0, 0, NONE)
    each, common = weight // enough, wanted & offered
    return Part(name, each * min(len(common), enough), each * min(len(wanted), enough), common)


def _whole(name: str, weight: int, matched: frozenset[str], *, possible: bool) -> Part:
    """Return a part that is given whole or not at all."""
    return Part(name, weight if matched else 0, weight if possible else 0, matched)


def _areas(name: str, weight: int, found: frozenset[str], counted: tuple[str, ...]) -> Part:
    """Return a part that counts areas, each worth a third of the weight."""
    each, matched = weight // 3, found.intersection(counted)
    return Part(name, each * len(matched), each * len(counted), matched)
