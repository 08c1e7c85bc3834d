"""The best assignment of a whole roster, by column generation: most pairs never enter it, all are checked.

P. C. Gilmore and R. E. Gomory, Operations Research 9, 1961, for the idea: solve with the pairs that matter, price every
other pair, add those worth more than their two prices, solve on from there; when none is left the answer is the best
over all pairs, and the last pass is its proof. A later pass looks only where a price has fallen since everything was
last paid for.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

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
    paid: tuple[Ints, Ints] | None = None,
    threads: int | None = None,
) -> Best:
    """The same from an answer near it: pairs to begin with, prices of places and mates.

    `paid`: prices (u, v) at which no pair outside the list is worth more than its two prices, if such are known; they
    spare the first look at everything.
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
    return pairs_of(_all_near(columns, found, band, None), columns.shape[0], columns.places)


def _completed(
    columns: Columns,
    pairs: Pairs,
    v: Ints,
    mate: Ints,
    paid: tuple[Ints, Ints] | None,
    threads: int | None,
    told: Told,
) -> Best:
    """Solve, price every pair, add what is cheap, and again until nothing is."""
    while True:
        found = settle(pairs, v, mate)
        cheap, complete, proved = _cheap(columns, found, paid, threads)
        told("pricing", 0.0 if proved else float(np.unique(cheap.mentee).size / max(1, pairs.mentees)))
        pairs = pairs_of(joined(pairs.edges(), cheap), pairs.mentees, pairs.places)
        if proved:
            return _canonical(columns, pairs, found)
        paid = (found.u, found.v) if complete else None
        v, mate = found.v, found.mate


def _canonical(columns: Columns, pairs: Pairs, found: Solution) -> Best:
    return Best(pairs, canonical(pairs, found, columns.mentee_keys, columns.mentor_keys), found.u, found.v)


def _cheap(
    columns: Columns, at: Solution, paid: tuple[Ints, Ints] | None, threads: int | None
) -> tuple[Edges, bool, bool]:
    """Pairs worth more than their prices, whether those are all, and whether a full pass proved that there are none.

    `paid`: prices at which no pair outside the list was worth more; then only fallen prices have to be looked at, and
    only if nothing is found there is everything looked at once more. A pass that proves returns the tight pairs.
    """
    from matchmaker.scan import near

    n, m = columns.shape
    if paid is not None:
        rows, fallen = np.flatnonzero(at.u < paid[0]), np.flatnonzero(at.v < paid[1])
        if rows.size / n + fallen.size / m < HALF:
            one, count = near(columns, at.u, at.v, -1, ADDED, rows, threads)
            two, again = near(only(columns, fallen), at.u, at.v[fallen], -1, ADDED, None, threads)
            cheap = joined(one, two._replace(mentor=fallen[two.mentor]))
            if cheap.mentee.size:
                return cheap, bool(max(count.max(), again.max()) < ADDED), False
    tight, count = near(columns, at.u, at.v, 0, ADDED, None, threads)
    if (at.u[tight.mentee] + at.v[tight.mentor] < tight.value).any():
        return tight, bool(count.max() < ADDED), False
    return joined(tight, _all_near(columns, at, 0, threads, np.flatnonzero(count >= ADDED))), True, True


def _all_near(columns: Columns, at: Solution | Best, band: int, threads: int | None, rows: Ints | None = None) -> Edges:
    """All pairs of some mentees whose prices exceed their value by `band` at most, however many they are."""
    from matchmaker.scan import near

    found: list[Edges] = []
    rows, each = np.arange(columns.shape[0]) if rows is None else rows, ADDED
    while rows.size:
        some, count = near(columns, at.u, at.v, band, each, rows, threads)
        found.append(some)
        rows, each = rows[count >= each] if each < columns.places.size else rows[:0], 8 * each
    return joined(*found) if found else NO_EDGES


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
