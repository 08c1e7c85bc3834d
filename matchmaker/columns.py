"""A roster as typed columns: people turned into small integers and bit sets, from which any pair's value is arithmetic.

Everything verdict() and suitability() say of a pair is a sum over three kinds of term, so that NumPy and the compiler
can work on millions of pairs at a time; a refusal is a term so negative that nothing outweighs it:

- fields (scheme, organisation, profession, areas): one gain where the codes are the same, one where they differ, one
  where the mentor's is not known;
- sets (roles, situations, topics, times, ways, languages, professions served): each thing in common, up to enough,
  gains so much; a set may also be a gate, refusing those with nothing in common;
- particular pairs (asked for by name, conflicts, exclusions, declined, kept): a list.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaker.pairs import Ints, Small, keys_of
from matchmaker.people import Mentee, Mentor, Person
from matchmaker.policy import Policy
from matchmaker.suitability import points_asked

Words = NDArray[np.uint32]

REFUSED = -(1 << 25)
"""Outweighs every policy's points, and so small that a pair refused for every reason at once still fits 32 bits."""

SAME, APART, UNKNOWN = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """n mentees and m mentors, all of them available.

    `base` [n]: points for being matched at all and for waiting. `floor`: the least suitability. `places` [m].
    `mentee_codes` [f, n], `mentor_codes` [f, m]: each field, −1 where not known; `gains` [f, 3, n]: what a mentee gains
    where the mentor's is the SAME, APART, UNKNOWN. `mentee_bits` [w, n], `mentee_gate` [w, n], `mentor_bits` [w, m]:
    the words of all sets; set k has the words first[k] to first[k + 1]; `each` [k, n]: points for each thing in common,
    `enough` [k]: how many count; `gated` [k]: whether nothing in common with the gate refuses. `special_start` [n + 1],
    `special_mentor`, `special_gain`, `special_bonus`: particular pairs by mentee, each pair once, with what adds to
    suitability and what adds to the value only. `mentee_keys`, `mentor_keys`: hashes of the persistent ids.
    """

    base: Small
    floor: int
    places: Ints
    mentee_codes: Small
    mentor_codes: Small
    gains: Small
    mentee_bits: Words
    mentee_gate: Words
    mentor_bits: Words
    first: Ints
    each: Small
    enough: Small
    gated: NDArray[np.bool_]
    special_start: Ints
    special_mentor: Small
    special_gain: Small
    special_bonus: Small
    mentee_keys: NDArray[np.uint64]
    mentor_keys: NDArray[np.uint64]

    @property
    def shape(self) -> tuple[int, int]:
        """The number of mentees and the number of mentors."""
        return self.base.size, self.places.size


def columns_of(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    policy: Policy,
    today: date,
    kept: Collection[tuple[str, str]] = (),
    forbidden: Collection[tuple[str, str]] = (),
) -> Columns:
    """Return the columns of people under a policy. `kept` and `forbidden` hold (mentee id, mentor id)."""
    fields, gains = _fields(mentees, mentors, policy)
    sets = _sets(mentees, mentors, policy)
    special = _special(mentees, mentors, policy, kept, forbidden)
    return Columns(
        base=np.array([policy.matched + policy.waiting((today - m.asked_on).days) for m in mentees], np.int32),
        floor=policy.floor,
        places=np.array([m.capacity for m in mentors], np.int64),
        mentee_codes=fields[0],
        mentor_codes=fields[1],
        gains=gains,
        **sets,
        **special,
        mentee_keys=keys_of([m.id for m in mentees]),
        mentor_keys=keys_of([m.id for m in mentors]),
    )


def _fields(mentees: Sequence[Mentee], mentors: Sequence[Mentor], policy: Policy) -> tuple[tuple[Small, Small], Small]:
    """Return the codes of both sides and the gains of each mentee, field by field."""
    near, apart, hard = policy.weights.near // 3, policy.weights.apart // 3, policy.hard
    refuse = {area: REFUSED if area in hard else 0 for area in ("pcn", "sub_icb", "icb", "profession")}
    wants_near = np.array([m.wants_near for m in mentees], np.int32) * near
    # name: gain where the same, where apart, where not known
    table: dict[str, tuple[int | Small, int, int]] = {
        "scheme": (0, REFUSED, REFUSED),
        "organisation": (REFUSED, 0, 0),
        "profession": (policy.weights.profession, refuse["profession"], 0),
        "pcn": (refuse["pcn"], apart, refuse["pcn"]),
        "sub_icb": (refuse["sub_icb"] + wants_near, apart, refuse["sub_icb"]),
        "icb": (refuse["icb"] + wants_near, apart, refuse["icb"]),
        "region": (wants_near, 0, 0),
    }
    gains = np.zeros((len(table), 3, len(mentees)), np.int32)
    codes: tuple[list[list[int]], list[list[int]]] = ([], [])
    for row, (name, (same, differ, unknown)) in enumerate(table.items()):
        seen: dict[str | None, int] = {None: -1}
        for people, side in zip((mentees, mentors), codes, strict=True):
            values = (getattr(person, name) for person in people)
            side.append([seen.setdefault(value, len(seen) - 1) for value in values])
        gains[row, SAME], gains[row, APART], gains[row, UNKNOWN] = same, differ, unknown
        nobody_knows = np.array(codes[0][row]) < 0
        gains[row, :, nobody_knows] = unknown
    mentee_codes, mentor_codes = (np.array(side, np.int32).reshape(len(table), -1) for side in codes)
    # A mentee whose code is not known is like nobody, not like the others who do not know.
    mentee_codes[mentee_codes < 0] = -2
    return (mentee_codes, mentor_codes), gains


@dataclass(frozen=True, slots=True)
class _Set:
    """How one set of a mentee meets one of a mentor."""

    wanted: Callable[[Mentee], frozenset[str]]
    offered: Callable[[Mentor], frozenset[str]]
    weight: int
    enough: int | None  # None: as many as are wanted
    gated: bool


def _sets(mentees: Sequence[Mentee], mentors: Sequence[Mentor], policy: Policy) -> dict[str, NDArray[Any]]:
    weights = policy.weights
    sets = (
        _Set(lambda e: e.wants, lambda r: r.offers, weights.roles, None, False),
        _Set(lambda e: e.situations, lambda r: r.situations, weights.situations, None, False),
        _Set(lambda e: e.topics, lambda r: r.topics, weights.topics, None, False),
        _Set(lambda e: e.slots, lambda r: r.slots, weights.times, policy.enough_times, True),
        _Set(lambda e: e.ways, lambda r: r.ways, weights.ways, policy.enough_ways, True),
        _Set(lambda e: e.languages, lambda r: r.languages, weights.languages, 1, False),
        _Set(lambda e: frozenset({e.profession}), lambda r: r.serves, 0, 1, True),
    )
    bits, gates, offers, each = [], [], [], np.zeros((len(sets), len(mentees)), np.int32)
    for k, one in enumerate(sets):
        wanted, offered = [one.wanted(e) for e in mentees], [one.offered(r) for r in mentors]
        # The first bit stands for "anything": mentors who have not said have it, and every gate lets it through.
        bit = {code: place for place, code in enumerate(sorted(frozenset().union(*wanted, *offered)), 1)}
        width = len(bit) // 32 + 1
        masks = [sum(1 << bit[code] for code in some) for some in wanted]
        open_gate = (1 << 32 * width) - 1
        bits.append(_words(masks, width))
        gates.append(_words([mask | 1 if mask and one.gated else open_gate for mask in masks], width))
        offers.append(_words([sum(1 << bit[code] for code in some) or 1 for some in offered], width))
        each[k] = [one.weight // (one.enough or max(1, len(some))) for some in wanted]
    return {
        "mentee_bits": np.concatenate(bits),
        "mentee_gate": np.concatenate(gates),
        "mentor_bits": np.concatenate(offers),
        "first": np.cumsum([0] + [len(rows) for rows in bits]),
        "each": each,
        "enough": np.array([one.enough or 32 * len(rows) for one, rows in zip(sets, bits, strict=True)], np.int32),
        "gated": np.array([one.gated for one in sets]),
    }


def _words(masks: Sequence[int], width: int) -> Words:
    """Return bit masks of any length as rows of 32-bit words [width, people]."""
    flat = np.frombuffer(b"".join(mask.to_bytes(4 * width, "little") for mask in masks), "<u4")
    return np.ascontiguousarray(flat.reshape(-1, width).T).astype(np.uint32)


def _special(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    policy: Policy,
    kept: Collection[tuple[str, str]],
    forbidden: Collection[tuple[str, str]],
) -> dict[str, NDArray[Any]]:
    """Find particular pairs by looking names up, never by looking at every pair."""
    row = {mentee.id: i for i, mentee in enumerate(mentees)}
    column = {mentor.id: j for j, mentor in enumerate(mentors)}
    gain: dict[tuple[int, int], int] = defaultdict(int)
    bonus: dict[tuple[int, int], int] = {}
    for i, mentee in enumerate(mentees):
        named = mentee.prefers
        for ident, points in zip(named, points_asked(policy.weights.asked, len(named)), strict=True):
            if ident in column:
                gain[i, column[ident]] += points
    refused = {(i, column[ident]) for i, mentee in enumerate(mentees) for ident in mentee.declined if ident in column}
    refused |= {(row[e], column[r]) for e, r in forbidden if e in row and r in column}
    refused |= set(_found(mentees, _declared, mentors, _named))
    refused |= {(i, j) for j, i in _found(mentors, _declared, mentees, _named)}
    refused |= set(_found(mentees, lambda p: p.shuns, mentors, lambda p: p.known_as))
    refused |= {(i, j) for j, i in _found(mentors, lambda p: p.shuns, mentees, lambda p: p.known_as)}
    for pair in refused:
        gain[pair] += REFUSED
    for e, r in kept:
        if e in row and r in column:
            bonus[row[e], column[r]] = policy.keep
    pairs = sorted(gain.keys() | bonus.keys())
    count = np.bincount([i for i, _ in pairs], minlength=len(mentees)) if pairs else np.zeros(len(mentees), np.int64)
    return {
        "special_start": np.concatenate(([0], np.cumsum(count))).astype(np.int64),
        "special_mentor": np.array([j for _, j in pairs], np.int32),
        "special_gain": np.array([gain.get(pair, 0) for pair in pairs], np.int32),
        "special_bonus": np.array([bonus.get(pair, 0) for pair in pairs], np.int32),
    }


def _declared(person: Person) -> Iterable[str]:
    """Return everyone and everywhere that a person isn't independent of, and the person."""
    return (person.member, *person.line_manager, *person.partners, *person.conflicts)


def _named(person: Person) -> Iterable[str]:
    return (person.member,) if person.organisation is None else (person.member, person.organisation)


def _found(
    askers: Sequence[Person],
    asked: Callable[[Person], Iterable[str]],
    others: Sequence[Person],
    names: Callable[[Person], Iterable[str]],
) -> Iterable[tuple[int, int]]:
    """Find the pairs in which one of the names an asker gives is one of the other's."""
    bearers: Mapping[str, list[int]] = defaultdict(list)
    for j, other in enumerate(others):
        for name in names(other):
            bearers[name].append(j)
    for i, asker in enumerate(askers):
        for name in asked(asker):
            if name in bearers:
                yield from ((i, j) for j in bearers[name])
