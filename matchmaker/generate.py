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

LISTED, LISTED_BACK, ADDED, TIED = 16, 8, 12, 24
"""How many pairs are listed for each mentee and for each mentor at first; added for each mentee in a pass; and looked
for at once when all that are nearly as good as those made are wanted."""

HALF = 0.5
"""Where more of the prices than this have fallen, a pass over everything is no dearer than one over the fallen."""

AHEAD = 32
"""How far beyond what is cheap a pass over everything lists, so that those after it have less to look at."""

SPLITS = (0, 8, 16, 24, 32, 48)
"""How much of a margin mentors' prices may take up; the rest is left to the mentees'."""

NARROW = 300
"""Going over all mentees for a few mentors takes as long as so many mentors more."""

MARGIN, MARGIN_PAIRS = 64, 200_000_000
"""How far beyond tight the list of an answer goes, where there are at most so many pairs; it makes changes cheap."""

Told = Callable[[str, float], None]
"""Told how far long work is: what is being done, and the share of the pairs still paid too little (0: none)."""


class Paid(NamedTuple):
    """Prices at which every pair outside the list is worth less than its two, by more than its mentee's margin."""

    u: Ints
    v: Ints
    margin: Ints


class Look(NamedTuple):
    """The pairs found, each mentee's margin by which all others are paid for, and whether every pair was looked at."""

    close: Edges
    margin: Ints
    whole: bool


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
    """Find the optimal answer of a roster: always the same for the same people under the same policy."""
    n, m = columns.shape
    if n * m <= SMALL:
        pairs = every_pair(columns)
        return _canonical(columns, pairs, solve(pairs), np.zeros(n, np.int64))
    from matchmaker.scan import lists

    def begun() -> tuple[Pairs, Ints, Ints]:
        pairs = pairs_of(lists(columns, LISTED, LISTED_BACK, threads), n, columns.places)
        return pairs, *auction(pairs)

    told("listing", 1.0)
    return _completed(columns, begun, None, threads, told)


def better(
    columns: Columns,
    pairs: Pairs,
    v: Ints,
    mate: Ints,
    paid: Paid | None = None,
    threads: int | None = None,
) -> Best:
    """Find the optimal answer from one near it: pairs to begin with, prices of places and mates.

    `paid`: what is known of the pairs outside the list; then only pairs whose prices have fallen are looked at.
    """
    if columns.shape[0] * columns.shape[1] <= SMALL:
        return _canonical(columns, pairs, settle(pairs, v, mate), np.zeros(mate.size, np.int64))
    return _completed(columns, lambda: (pairs, v, mate), paid, threads, lambda _what, _share: None)


def every_pair(columns: Columns) -> Pairs:
    """List all pairs that may be made."""
    worth = values(columns, 0, columns.shape[0])
    mentee, mentor = np.nonzero(worth >= 0)
    return pairs_of(Edges(mentee, mentor, worth[mentee, mentor]), columns.shape[0], columns.places)


def at_prices(columns: Columns, v: Ints) -> Pairs:
    """List the pairs that gain each mentee most at the prices v, to begin with when prices are known."""
    from matchmaker.scan import EVERY, near

    found, _ = near(columns, np.zeros(columns.shape[0], np.int64), v, EVERY, LISTED)
    return pairs_of(found, columns.shape[0], columns.places)


def within(columns: Columns, found: Best, band: int) -> Pairs:
    """List all pairs whose prices exceed their value by at most `band`."""
    every = np.arange(columns.shape[0])
    return pairs_of(_all_near(columns, found.u, found.v, band, every, TIED, None), every.size, columns.places)


def _completed(
    columns: Columns,
    begun: Callable[[], tuple[Pairs, Ints, Ints]],
    given: Paid | None,
    threads: int | None,
    told: Told,
) -> Best:
    """Solve, price every pair, add what is cheap, and again until nothing is.

    `begun` gives the pairs to begin with, which are let go of when there are more. Unless something was known of the
    other pairs to start with, the last look is at all of them again: the proof.
    """
    pairs, v, mate = begun()
    found, proof = settle(pairs, v, mate), False
    known: tuple[Paid, ...] = () if given is None else (given,)
    margin = MARGIN if columns.shape[0] * columns.shape[1] <= MARGIN_PAIRS else 0
    while True:
        look = _look(columns, found, known, threads) if not proof else _all(columns, found, margin, TIED, threads)
        cheap = _cheap(found.u, found.v, look.close)
        told("pricing", np.unique(look.close.mentee[cheap]).size / max(1, pairs.mentees))
        if proof and margin and not cheap.any():
            return _canonical(columns, pairs_of(look.close, pairs.mentees, pairs.places), found, look.margin)
        if look.close.mentee.size:
            pairs = pairs_of(pairs.edges(), pairs.mentees, pairs.places, look.close)
        margin_now, whole = look.margin, look.whole
        del look  # its pairs are in the list now, and settling takes memory of its own
        if cheap.any():
            known = (*(() if whole and not given else known[:1]), Paid(found.u, found.v, margin_now))
            found, proof = settle(pairs, found.v, found.mate), False
        elif proof or given:
            return _canonical(columns, pairs, found, given or margin_now)
        else:
            proof = True


def _canonical(columns: Columns, pairs: Pairs, found: Solution, known: Paid | Ints) -> Best:
    mate = canonical(pairs, found, columns.mentee_keys, columns.mentor_keys)
    return Best(pairs, mate, found.u, found.v, known if isinstance(known, Paid) else Paid(found.u, found.v, known))


def _look(columns: Columns, at: Solution, known: tuple[Paid, ...], threads: int | None) -> Look:
    """Find the cheap pairs outside the list, looking no further than necessary."""
    rows, mentors = _fallen(at, known)
    if _share(rows, mentors) >= HALF:
        return _all(columns, at, AHEAD, ADDED, threads)
    row, column, n = np.flatnonzero(rows), np.flatnonzero(mentors).astype(np.int32), rows.size
    one = _within(columns, at.u, at.v, 0, ADDED, row, threads)
    two = _within(only(columns, column), at.u, at.v[column], 0, ADDED, np.arange(n), threads)
    margin = two.margin.copy()
    margin[row] = np.minimum(margin[row], one.margin)
    return Look(joined(one.close, two.close._replace(mentor=column[two.close.mentor])), margin, whole=False)


def _fallen(at: Solution, known: tuple[Paid, ...]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Choose which mentees and mentors to look at: no pair of any others can be worth as much as its prices now.

    In such a pair the two prices have fallen by more than the mentee's margin, so that either the mentor's has by more
    than a part of it or the mentee's by more than the rest. Where two things are known, prices have to have fallen by
    both: in every pair of a mentor whose has not, it is the mentee's.
    """
    ways = [(paid.u - at.u > paid.margin - split, paid.v - at.v > split) for paid in known for split in SPLITS]
    best = [min(ways[k : k + len(SPLITS)], key=lambda way: _share(*way)) for k in range(0, len(ways), len(SPLITS))]
    if len(best) > 1:
        best.append((best[0][0] | best[1][0], best[0][1] & best[1][1]))
    every = np.ones(at.u.size, np.bool_), np.ones(at.v.size, np.bool_)
    return min(best, key=lambda way: _share(*way), default=every)


def _share(rows: NDArray[np.bool_], mentors: NDArray[np.bool_]) -> float:
    """Return the cost of looking at some mentees and mentors, as a share of looking at everything."""
    some = np.count_nonzero(mentors)
    return np.count_nonzero(rows) / rows.size + (some + NARROW * (some > 0)) / mentors.size


def _all(columns: Columns, at: Solution, band: int, each: int, threads: int | None) -> Look:
    """Look at every pair, for those that are cheap or within the band."""
    return _within(columns, at.u, at.v, band, each, np.arange(columns.shape[0]), threads)


def _within(columns: Columns, u: Ints, v: Ints, band: int, each: int, rows: Ints, threads: int | None) -> Look:
    """List the pairs of some mentees whose prices exceed their value by at most `band`.

    They are all if none is cheap; of the cheap, the cheapest few of each mentee are enough to go on with.
    """
    from matchmaker.scan import near

    close, count = near(columns, u, v, band, each, rows, threads)
    margin, full = np.full(rows.size, band, np.int64), count >= each
    if not _cheap(u, v, close).any():
        rest = _all_near(columns, u, v, band, rows[full], 8 * each, threads)
        return Look(joined(close, rest), margin, whole=True)
    last = (np.cumsum(np.minimum(count, each)) - 1)[full]
    margin[full] = u[close.mentee[last]] + v[close.mentor[last]] - close.value[last] - 1
    return Look(close, margin, whole=True)


def _cheap(u: Ints, v: Ints, edges: Edges) -> NDArray[np.bool_]:
    """Mark the pairs that are worth more than their prices."""
    cheap: NDArray[np.bool_] = u[edges.mentee] + v[edges.mentor] < edges.value
    return cheap


def _all_near(columns: Columns, u: Ints, v: Ints, band: int, rows: Ints, each: int, threads: int | None) -> Edges:
    """List all pairs of some mentees whose prices exceed their value by at most `band`, however many."""
    from matchmaker.scan import near

    found = [NO_EDGES]
    while rows.size:
        some, count = near(columns, u, v, band, each, rows, threads)
        found.append(some)
        rows, each = rows[count >= each] if each < v.size else rows[:0], 8 * each
    return joined(*found)


def only(columns: Columns, mentors: NDArray[np.signedinteger]) -> Columns:
    """Return the columns of some of the mentors, in the order given."""
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
