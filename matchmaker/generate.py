"""The best assignment of a whole roster, by column generation: most pairs never enter it, all are checked.

P. C. Gilmore and R. E. Gomory, Operations Research 9, 1961, for the idea: solve with the pairs that matter, price every
other pair, add those worth more than their two prices, solve on from there; when none is left the answer is the best
over all pairs, and the last pass is its proof. A later pass looks only where a price has fallen since everything was
last paid for.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matchmaker.columns import Columns
from matchmaker.pairs import NO_EDGES, Edges, Ints, Pairs, joined, pairs_of
from matchmaker.solve import Solution, auction, canonical, settle, solve
from matchmaker.values import values

SMALL = 60_000
"""Up to this many pairs all are listed by NumPy and no compiler is loaded."""

LISTED, LISTED_BACK, ADDED = 16, 8, 24
"""How many pairs are listed for each mentee and for each mentor at first, and added for each mentee in a pass."""

HALF = 0.5
"""Where more of the prices than this have fallen, a pass over everything is no dearer than one over the fallen."""

MARGIN, MARGIN_PAIRS = 64, 200_000_000
"""How far beyond tight the list of an answer goes, where there are at most so many pairs; it makes changes cheap."""

Told = Callable[[str, float], None]
"""Told how far long work is: what is being done, and the share of the pairs still paid too little (0: none)."""


class Paid(NamedTuple):
    """Prices at which every pair outside the list is worth less than its two prices, by more than `margin`."""

    u: Ints
    v: Ints
    margin: int


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The canonical optimal answer of a roster: `mate` [mentees], −1 for waiting, and the prices that prove it.

    `pairs` are the pairs that were looked at closely: all that may be made in a small roster, and always all whose
    prices equal their value; `paid` says what is known of the others.
    """

    pairs: Pairs
    mate: Ints
    u: Ints
    v: Ints
    paid: Paid


def best(columns: Columns, threads: int | None = None, told: Told = lambda _what, _share: None) -> Best:
    """The optimal answer of a roster, one and the same for the same people under the same policy."""
    n, m = columns.shape
    if n * m <= SMALL:
        pairs = every_pair(columns)
        return _canonical(columns, pairs, solve(pairs), 0)
    from matchmaker.scan import lists

    told("listing", 1.0)
    pairs = pairs_of(lists(columns, LISTED, LISTED_BACK, threads), n, columns.places)
    return _completed(columns, pairs, *auction(pairs), None, threads, told)


def better(
    columns: Columns,
    pairs: Pairs,
    v: Ints,
    mate: Ints,
    paid: Paid | None = None,
    threads: int | None = None,
) -> Best:
    """The same from an answer near it: pairs to begin with, prices of places and mates.

    `paid`: what is known of the pairs outside the list; then only pairs whose prices have fallen are looked at.
    """
    if columns.shape[0] * columns.shape[1] <= SMALL:
        return _canonical(columns, pairs, settle(pairs, v, mate), 0)
    return _completed(columns, pairs, v, mate, paid, threads, lambda _what, _share: None)


def every_pair(columns: Columns) -> Pairs:
    """All pairs that may be made, listed."""
    worth = values(columns, 0, columns.shape[0])
    mentee, mentor = np.nonzero(worth >= 0)
    return pairs_of(Edges(mentee, mentor, worth[mentee, mentor]), columns.shape[0], columns.places)


def at_prices(columns: Columns, v: Ints) -> Pairs:
    """For each mentee the pairs that gain them most at the prices v: a list to begin with when prices are known."""
    from matchmaker.scan import EVERY, near

    found, _ = near(columns, np.zeros(columns.shape[0], np.int64), v, EVERY, LISTED)
    return pairs_of(found, columns.shape[0], columns.places)


def within(columns: Columns, found: Best, band: int) -> Pairs:
    """All pairs whose prices exceed their value by `band` at most."""
    every = np.arange(columns.shape[0])
    return pairs_of(_all_near(columns, found.u, found.v, band, every, ADDED, None), every.size, columns.places)


def _completed(
    columns: Columns, pairs: Pairs, v: Ints, mate: Ints, given: Paid | None, threads: int | None, told: Told
) -> Best:
    """Solve, price every pair, add what is cheap, and again until nothing is.

    Unless something was known of the other pairs to start with, the last look is at all of them again: the proof.
    """
    found, proof = settle(pairs, v, mate), False
    paid: tuple[Paid, ...] = () if given is None else (given,)
    margin = MARGIN if columns.shape[0] * columns.shape[1] <= MARGIN_PAIRS else 0
    while True:
        close, complete = _close(columns, found, paid, margin if proof else 0, threads)
        cheap = _cheap(found.u, found.v, close)
        told("pricing", np.unique(close.mentee[cheap]).size / max(1, pairs.mentees))
        if proof and margin and not cheap.any():
            return _canonical(columns, pairs_of(close, pairs.mentees, pairs.places), found, margin)
        if close.mentee.size:
            pairs = pairs_of(joined(pairs.edges(), close), pairs.mentees, pairs.places)
        if cheap.any():
            known = [one for one in (given, Paid(found.u, found.v, 0) if complete else None) if one]
            paid, proof = tuple(known), False
            found = settle(pairs, found.v, found.mate)
        elif proof or given:
            return _canonical(columns, pairs, found, given or 0)
        else:
            paid, proof = (), True


def _canonical(columns: Columns, pairs: Pairs, found: Solution, known: Paid | int) -> Best:
    mate = canonical(pairs, found, columns.mentee_keys, columns.mentor_keys)
    return Best(pairs, mate, found.u, found.v, Paid(found.u, found.v, known) if isinstance(known, int) else known)


def _close(
    columns: Columns, at: Solution, paid: tuple[Paid, ...], band: int, threads: int | None
) -> tuple[Edges, bool]:
    """Pairs outside the list that are cheap or within the band, and whether those are all.

    Where something is known of the pairs outside, only those can be worth as much as their prices now of which one
    price has fallen by more than half the margin; only they are looked at. Where two things are known, the price has
    to have fallen by both: in every pair of a mentor that has not, it is the mentee's.
    """
    n = columns.shape[0]
    if paid:
        fell = [one.margin // 2 for one in paid]
        rows = np.logical_or.reduce([one.u - at.u > half for one, half in zip(paid, fell, strict=True)])
        fallen = np.logical_and.reduce([one.v - at.v > one.margin - half for one, half in zip(paid, fell, strict=True)])
        if rows.mean() + fallen.mean() < HALF:
            row, column = np.flatnonzero(rows), np.flatnonzero(fallen)
            one, all_one = _cheap_or_within(columns, at.u, at.v, 0, row, threads)
            two, all_two = _cheap_or_within(only(columns, column), at.u, at.v[column], 0, np.arange(n), threads)
            return joined(one, two._replace(mentor=column[two.mentor])), all_one and all_two
    return _cheap_or_within(columns, at.u, at.v, band, np.arange(n), threads)


def _cheap_or_within(
    columns: Columns, u: Ints, v: Ints, band: int, rows: Ints, threads: int | None
) -> tuple[Edges, bool]:
    """The pairs of some mentees whose prices exceed their value by `band` at most, and whether those are all.

    They are all if none is cheap; of the cheap, the cheapest few of each mentee are enough to go on with.
    """
    from matchmaker.scan import near

    found, count = near(columns, u, v, band, ADDED, rows, threads)
    if _cheap(u, v, found).any():
        return found, bool(count.max() < ADDED)
    return joined(found, _all_near(columns, u, v, band, rows[count >= ADDED], 8 * ADDED, threads)), True


def _cheap(u: Ints, v: Ints, edges: Edges) -> NDArray[np.bool_]:
    """Which pairs are worth more than their prices."""
    cheap: NDArray[np.bool_] = u[edges.mentee] + v[edges.mentor] < edges.value
    return cheap


def _all_near(columns: Columns, u: Ints, v: Ints, band: int, rows: Ints, each: int, threads: int | None) -> Edges:
    """All pairs of some mentees whose prices exceed their value by `band` at most, however many they are."""
    from matchmaker.scan import near

    found = [NO_EDGES]
    while rows.size:
        some, count = near(columns, u, v, band, each, rows, threads)
        found.append(some)
        rows, each = rows[count >= each] if each < v.size else rows[:0], 8 * each
    return joined(*found)


def only(columns: Columns, mentors: Ints) -> Columns:
    """The columns of some of the mentors, in the order given."""
    m = columns.places.size
    place = np.full(m, -1, np.int32)
    place[mentors] = np.arange(mentors.size)
    moved = place[columns.special_mentor]
    stays = moved >= 0
    passed = np.concatenate(([0], np.cumsum(stays)))
    return replace(
        columns,
        places=columns.places[mentors],
        mentor_codes=np.ascontiguousarray(columns.mentor_codes[:, mentors]),
        mentor_bits=np.ascontiguousarray(columns.mentor_bits[:, mentors]),
        mentor_keys=columns.mentor_keys[mentors],
        special_start=passed[columns.special_start],
        special_mentor=moved[stays],
        special_gain=columns.special_gain[stays],
        special_bonus=columns.special_bonus[stays],
    )
