"""The best assignment of a whole roster, by column generation: most pairs never enter it, all are checked.

P. C. Gilmore and R. E. Gomory, Operations Research 9, 1961, for the idea: solve with the pairs that matter, price every
other pair, add those worth more than their two prices, solve on from there; when none is left the answer is the best
over all pairs, and the last pass is its proof. A later pass looks only where a price has fallen since everything was
last paid for.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

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

Prices = tuple[Ints, Ints]
"""The prices of mentees and of mentors' places."""

Told = Callable[[str, float], None]
"""Told how far long work is: what is being done, and the share of the pairs still paid too little (0: none)."""


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The canonical optimal answer of a roster: `mate` [mentees], −1 for waiting, and the prices that prove it.

    `pairs` are the pairs that were looked at closely: all that may be made in a small roster, and always all whose
    prices equal their value.
    """

    pairs: Pairs
    mate: Ints
    u: Ints
    v: Ints


def best(columns: Columns, threads: int | None = None, told: Told = lambda _what, _share: None) -> Best:
    """The optimal answer of a roster, one and the same for the same people under the same policy."""
    n, m = columns.shape
    if n * m <= SMALL:
        pairs = every_pair(columns)
        return _canonical(columns, pairs, solve(pairs))
    from matchmaker.scan import lists

    told("listing", 1.0)
    pairs = pairs_of(lists(columns, LISTED, LISTED_BACK, threads), n, columns.places)
    return _completed(columns, pairs, *auction(pairs), None, threads, told)


def better(
    columns: Columns,
    pairs: Pairs,
    v: Ints,
    mate: Ints,
    paid: Prices | None = None,
    threads: int | None = None,
) -> Best:
    """The same from an answer near it: pairs to begin with, prices of places and mates.

    `paid`: prices at which every pair outside the list is worth less than its two prices, if such are known; then only
    pairs with a fallen price are looked at.
    """
    if columns.shape[0] * columns.shape[1] <= SMALL:
        return _canonical(columns, pairs, settle(pairs, v, mate))
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
    columns: Columns, pairs: Pairs, v: Ints, mate: Ints, paid: Prices | None, threads: int | None, told: Told
) -> Best:
    """Solve, price every pair, add what is cheap, and again until nothing is.

    Unless prices were known to start with, the last look is at every pair again: it is the proof.
    """
    trusted = paid is not None
    found = settle(pairs, v, mate)
    while True:
        close, complete, everything = _close(columns, found, paid, threads)
        cheap = _cheap(found.u, found.v, close)
        told("pricing", np.unique(close.mentee[cheap]).size / max(1, pairs.mentees))
        pairs = pairs_of(joined(pairs.edges(), close), pairs.mentees, pairs.places)
        if cheap.any():
            paid = (found.u, found.v) if complete else None
            found = settle(pairs, found.v, found.mate)
        elif everything or trusted:
            return _canonical(columns, pairs, found)
        else:
            paid = None


def _canonical(columns: Columns, pairs: Pairs, found: Solution) -> Best:
    return Best(pairs, canonical(pairs, found, columns.mentee_keys, columns.mentor_keys), found.u, found.v)


def _close(columns: Columns, at: Solution, paid: Prices | None, threads: int | None) -> tuple[Edges, bool, bool]:
    """Pairs outside the list that are cheap or tight; whether those are all; whether every pair was looked at.

    `paid`: prices at which every pair outside the list was worth less. Then only where a price has fallen can one be
    worth as much or more now.
    """
    n, m = columns.shape
    if paid is not None:
        rows, fallen = np.flatnonzero(at.u < paid[0]), np.flatnonzero(at.v < paid[1])
        if rows.size / n + fallen.size / m < HALF:
            one, all_one = _cheap_or_tight(columns, at.u, at.v, rows, threads)
            two, all_two = _cheap_or_tight(only(columns, fallen), at.u, at.v[fallen], np.arange(n), threads)
            return joined(one, two._replace(mentor=fallen[two.mentor])), all_one and all_two, False
    return *_cheap_or_tight(columns, at.u, at.v, np.arange(n), threads), True


def _cheap_or_tight(columns: Columns, u: Ints, v: Ints, rows: Ints, threads: int | None) -> tuple[Edges, bool]:
    """The pairs of some mentees that are worth at least their prices, and whether those are all.

    They are all if none is cheap; of the cheap, the cheapest few of each mentee are enough to go on with.
    """
    from matchmaker.scan import near

    found, count = near(columns, u, v, 0, ADDED, rows, threads)
    if _cheap(u, v, found).any():
        return found, bool(count.max() < ADDED)
    return joined(found, _all_near(columns, u, v, 0, rows[count >= ADDED], 8 * ADDED, threads)), True


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
