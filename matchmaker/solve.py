"""The best assignment of mentees to mentors' places, with the prices that prove it.

Maximise Σ value over the pairs made, each mentee at most once, each mentor at most `places` times. Its dual asks for
prices u (mentees) and v (places), none below zero, with u_i + v_j ≥ value_ij for every pair, that minimise
Σ u + Σ places · v. Whatever prices are offered, no assignment can be worth more than that sum; when it equals the
total of an assignment, both are optimal, and anyone can check it without knowing how they were found.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaker.kernels import run
from matchmaker.kernels.augment import augment
from matchmaker.kernels.bid import bid
from matchmaker.pairs import Ints, Pairs, Small, order_of

TIE_BITS = 44
BIDS_EACH = 20
"""An auction that is not done after so many bids for each mentee is left to the searches."""

ANY = -(1 << 61)
"""The least price of someone who must have a place: as low as it takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """`mate`: each mentee's mentor or −1. `u`, `v`: the price of each mentee and of each mentor's places."""

    mate: Ints
    u: Ints
    v: Ints


def solve(pairs: Pairs) -> Solution:
    """Find an optimal assignment, from nothing."""
    return settle(pairs, *auction(pairs))


def auction(pairs: Pairs) -> tuple[Ints, Ints]:
    """Find prices of places, and mates, near the best but not yet optimal.

    Bidding steps shrink from an eighth of the greatest value to a fifteenth of the values' spread: large ones find
    the level of the prices in few bids, small ones the order of the mentors.
    """
    top, spread = int(pairs.value.max(initial=0)), float(pairs.value.std()) if pairs.value.size else 0.0
    price, step = np.zeros(pairs.places.size, np.int64), max(1, top // 8)
    while True:
        price[pairs.places == 0] = top
        order = np.argsort(-_gains(pairs, price), kind="stable")
        rows = (pairs.start, pairs.mentor, pairs.value)
        mate = run(
            bid, pairs.mentor.size, *rows, pairs.places, price, order, step, BIDS_EACH * pairs.mentees + BIDS_EACH
        )
        if step <= max(1.0, spread / 15):
            return price, mate
        price, step = np.maximum(price - step, 0), max(1, step // 6)


def settle(
    pairs: Pairs, v: Ints, mate: Ints, must: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None = None
) -> Solution:
    """Find an optimal assignment from any prices v ≥ 0 of places and any mates. What doesn't fit is let go.

    `must`: which mentees have to be placed and which mentors' places all filled; some answer has to be able to.
    """
    n, m = pairs.mentees, pairs.places.size
    least_n, least_f = np.zeros(n, np.int64), np.zeros(m, np.int64)
    if must is not None:
        least_n[must[0]], least_f[must[1]] = ANY, ANY
    u, v = np.maximum(_gains(pairs, v), 0), v.copy()
    mate = np.where(_tight_mates(pairs, u, v, mate), mate, -1)
    slot = np.concatenate(([0], np.cumsum(pairs.places)))
    placed = np.flatnonzero(mate >= 0)
    placed = placed[order_of(mate[placed])]
    over = _ranks(np.bincount(mate[placed], minlength=m)) >= pairs.places[mate[placed]]
    mate[placed[over]] = -1
    placed = placed[~over]
    count = np.bincount(mate[placed], minlength=m)
    held = np.full(max(1, slot[-1]), -1, np.int64)
    held[np.repeat(slot[:-1], count) + _ranks(count)] = placed
    near = (np.ones(n, np.int64), least_n, u, np.arange(n), mate, (mate >= 0).astype(np.int64))
    far = (pairs.places, least_f, v, slot, held, count)
    edges = pairs.mentor.size
    waiting = np.flatnonzero((mate < 0) & (u > least_n))
    waiting = waiting[np.argsort(-u[waiting], kind="stable")]
    run(augment, edges, pairs.start, pairs.mentor, pairs.value, waiting, near, far)
    loose = np.flatnonzero((count < pairs.places) & (v > least_f))
    if loose.size:
        run(augment, edges, *by_mentor(pairs), loose, far, near)
    return Solution(np.where(near[-1] > 0, mate, -1), u, v)


def canonical(pairs: Pairs, best: Solution, mentee_keys: NDArray[np.uint64], mentor_keys: NDArray[np.uint64]) -> Ints:
    """Choose one answer among all that are as good as `best`: each mentee's mentor or −1.

    Optimal answers are exactly those made of tight pairs that place every mentee with a price and fill every place
    with a price. Among them the one with the greatest sum of pair hashes is taken: a second assignment, on the tight
    pairs. It depends on who the people are, not on their order, the threads or the prices found. (Two answers with the
    same sum of 44-bit hashes would leave it open: less than one chance in 10⁷ for a million tight pairs.)
    """
    rows = pairs.rows()
    tight = best.u[rows] + best.v[pairs.mentor] == pairs.value
    rows, mentor = rows[tight], pairs.mentor[tight]
    start = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=pairs.mentees))))
    tied = Pairs(start.astype(np.int64), mentor, _hashes(mentee_keys[rows], mentor_keys[mentor]), pairs.places)
    # Mostly there is little to choose, and bidding for it would take longer than choosing.
    few = mentor.size < 2 * pairs.mentees
    price, mate = (np.zeros(pairs.places.size, np.int64), np.full(pairs.mentees, -1)) if few else auction(tied)
    return settle(tied, price, mate, (best.u > 0, best.v > 0)).mate


def _hashes(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> Ints:
    """Hash each pair, from 1 to 2^TIE_BITS (the finaliser of SplitMix64, Steele et al., OOPSLA 2014)."""
    mixed = one * np.uint64(0x9E3779B97F4A7C15) + other
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(64 - TIE_BITS)).astype(np.int64) + 1


def _gains(pairs: Pairs, v: Ints) -> Ints:
    """Return the most each mentee can gain at the prices v, over their pairs, or the least integer without any."""
    gains = np.full(pairs.mentees, np.iinfo(np.int64).min, np.int64)
    some = np.diff(pairs.start) > 0
    if pairs.mentor.size:
        gains[some] = np.maximum.reduceat(pairs.value - v[pairs.mentor], pairs.start[:-1][some])
    return gains


def _tight_mates(pairs: Pairs, u: Ints, v: Ints, mate: Ints) -> NDArray[np.bool_]:
    """Mark the mentees whose pair is exactly paid for by the two prices."""
    rows = pairs.rows()
    kept = np.zeros(pairs.mentees, np.bool_)
    kept[rows[(mate[rows] == pairs.mentor) & (u[rows] + v[pairs.mentor] == pairs.value)]] = True
    return kept


def by_mentor(pairs: Pairs) -> tuple[Ints, Small, Ints]:
    """Return the same pairs as compressed rows by mentor."""
    order = order_of(pairs.mentor)
    start = np.concatenate(([0], np.cumsum(np.bincount(pairs.mentor, minlength=pairs.places.size))))
    return start.astype(np.int64), pairs.rows()[order], pairs.value[order]


def _ranks(count: Ints) -> Ints:
    """Count 0, 1, … within each run of the given lengths."""
    return np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
