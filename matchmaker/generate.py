"""The best assignment of a whole roster, by column generation: most pairs never enter it, all are checked.

P. C. Gilmore and R. E. Gomory, Operations Research 9, 1961, for the idea: solve with the pairs that matter, price every
other pair, add those worth more than their two prices, solve on from there; when none is left the answer is the best
over all pairs, and the last pass is its proof. A later pass looks only where a price has fallen since everything was
last paid for.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matchmaker.columns import Columns
from matchmaker.pairs import Ints, Pairs, pairs_of
from matchmaker.solve import Solution, auction, canonical, settle, solve
from matchmaker.values import values

SMALL = 60_000
"""Up to this many pairs all are listed by NumPy and no compiler is loaded."""

LISTED, LISTED_BACK, ADDED = 16, 8, 24
"""How many pairs are listed for each mentee and for each mentor at first, and added for each mentee in a pass."""

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


def best(columns: Columns, threads: int | None = None, told: Told | None = None) -> Best:
    """The optimal answer of a roster, one and the same for the same people under the same policy."""
    n, m = columns.shape
    if n * m <= SMALL:
        pairs = every_pair(columns)
        found = solve(pairs)
    else:
        pairs, found = _generated(columns, threads, told or (lambda _what, _share: None))
    return Best(pairs, canonical(pairs, found, columns.mentee_keys, columns.mentor_keys), found.u, found.v)


def every_pair(columns: Columns) -> Pairs:
    """All pairs that may be made, listed."""
    worth = values(columns, 0, columns.shape[0])
    mentee, mentor = np.nonzero(worth >= 0)
    return pairs_of(mentee, mentor, worth[mentee, mentor], columns.shape[0], columns.places)


def _generated(columns: Columns, threads: int | None, told: Told) -> tuple[Pairs, Solution]:
    """The optimum over all pairs, and the pairs listed on the way to it, among them all that are tight."""
    from matchmaker.scan import lists

    n = columns.shape[0]
    told("listing", 1.0)
    pairs = pairs_of(*lists(columns, LISTED, LISTED_BACK, threads), n, columns.places)
    found = settle(pairs, *auction(pairs))
    paid: tuple[Ints, Ints] | None = None
    while True:
        cheap, complete, proved = _cheap(columns, found, paid, threads)
        told("pricing", float(np.unique(cheap[0]).size / max(1, n)))
        if proved:
            return _with(pairs, cheap), found
        paid = (found.u, found.v) if complete else None
        if cheap[0].size:
            pairs = _with(pairs, cheap)
            found = settle(pairs, found.v, found.mate)


def _cheap(
    columns: Columns, at: Solution, paid: tuple[Ints, Ints] | None, threads: int | None
) -> tuple[tuple[Ints, Ints, Ints], bool, bool]:
    """Pairs worth more than their prices, whether those are all, and whether a full pass proved that there are none.

    `paid`: prices at which no pair outside the list was worth more; then only fallen prices have to be looked at, and
    only if nothing is found there is everything looked at once more. A pass that proves returns the tight pairs.
    """
    from matchmaker.scan import near

    n, m = columns.shape
    if paid is not None:
        rows, fallen = np.flatnonzero(at.u < paid[0]), np.flatnonzero(at.v < paid[1])
        if rows.size / n + fallen.size / m < 0.5:
            one, count = near(columns, at.u, at.v, -1, ADDED, rows, threads)
            other, again = near(only(columns, fallen), at.u, at.v[fallen], -1, ADDED, None, threads)
            if one[0].size + other[0].size:
                found = (one[0], one[1], one[2]), (other[0], fallen[other[1]], other[2])
                complete = max(count.max(initial=0), again.max(initial=0)) < ADDED
                return tuple(np.concatenate(some) for some in zip(*found, strict=True)), complete, False  # type: ignore[return-value]
    found, count = near(columns, at.u, at.v, 0, ADDED, None, threads)
    mentee, mentor, value = found
    if (at.u[mentee] + at.v[mentor] < value).any():
        return found, bool(count.max() < ADDED), False
    many = np.flatnonzero(count >= ADDED)
    if many.size:
        more, _ = near(columns, at.u, at.v, 0, m, many, threads)
        found = tuple(np.concatenate(some) for some in zip(found, more, strict=True))  # type: ignore[assignment]
    return found, True, True


def only(columns: Columns, mentors: Ints) -> Columns:
    """The columns of some of the mentors, in the order given."""
    from dataclasses import replace

    n, m = columns.shape
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


def _with(pairs: Pairs, more: tuple[Ints, Ints, Ints]) -> Pairs:
    """The pairs and some more, each once."""
    mentee, mentor, value = (
        np.concatenate(some) for some in zip((pairs.rows(), pairs.mentor, pairs.value), more, strict=True)
    )
    _, first = np.unique(mentee * pairs.places.size + mentor, return_index=True)
    return pairs_of(mentee[first], mentor[first], value[first], pairs.mentees, pairs.places)
