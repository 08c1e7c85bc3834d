"""A bare instance: which pairs may be made, what each is worth, and how many places each mentor has."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Small = NDArray[np.int32]

MOST = 1 << 40
"""No value passes this, so that sums along any path of prices fit 64 bits."""


AT_ONCE = 250_000
"""About so many pairs are put in order together, so that doing it takes little memory besides them."""


class Edges(NamedTuple):
    """Pairs in any order: the mentee, the mentor and the value of each."""

    mentee: NDArray[np.signedinteger]
    mentor: NDArray[np.signedinteger]
    value: NDArray[np.signedinteger]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The pairs that may be made, as compressed rows: mentee i's are start[i] to start[i + 1].

    `start`: [mentees + 1]. `mentor`: [pairs], ascending within a row, each once. `value`: [pairs], from 0 to MOST.
    `places`: [mentors], at least 0.
    """

    start: Ints
    mentor: Small
    value: Ints
    places: Ints

    @property
    def mentees(self) -> int:
        """The number of mentees, with and without a pair."""
        return self.start.size - 1

    def edges(self) -> Edges:
        """Return the same pairs as a list."""
        return Edges(self.rows(), self.mentor, self.value)

    def rows(self) -> Small:
        """Return the mentee of each pair."""
        return np.repeat(np.arange(self.mentees, dtype=np.int32), np.diff(self.start))

    def value_of(self, mentee: int, mentor: int) -> int | None:
        """Return the value of one pair, or None if it may not be made."""
        row = self.mentor[self.start[mentee] : self.start[mentee + 1]]
        place = int(np.searchsorted(row, mentor))
        return int(self.value[self.start[mentee] + place]) if place < row.size and row[place] == mentor else None

    def values_of(self, mate: Ints) -> Ints:
        """Return each mentee's value under `mate` (−1: waits, worth 0). Raises KeyError if a pair may not be made."""
        rows = self.rows()
        made = mate[rows] == self.mentor
        worth = np.zeros(self.mentees, np.int64)
        worth[rows[made]] = self.value[made]
        if made.sum() != (mate >= 0).sum():
            raise KeyError("a pair that may not be made")
        return worth


NO_EDGES = Edges(*(np.empty(0, np.int32) for _ in range(3)))


def joined(*some: Edges) -> Edges:
    """Join the pairs of several lists."""
    return Edges(*(np.concatenate([edges[part] for edges in some]) for part in range(3)))


def pairs_of(edges: Edges, mentees: int, places: Ints, *more: Edges) -> Pairs:
    """Make an instance of the given pairs, from one list or several. A pair given twice is taken once."""
    some = (edges, *more)
    given = sum(one.mentee.size for one in some)
    start, mentor, value, end = np.zeros(mentees + 1, np.int64), np.empty(given, np.int32), np.empty(given, np.int64), 0
    step = max(1, mentees * AT_ONCE // max(AT_ONCE, given))
    for low in range(0, mentees, step):
        high = min(mentees, low + step)
        here = edges if given <= AT_ONCE and not more else joined(*(_of_mentees(one, low, high) for one in some))
        _, first = np.unique(here.mentee.astype(np.int64) * places.size + here.mentor, return_index=True)
        start[low + 1 : high + 1] = np.bincount(here.mentee[first] - low, minlength=high - low)
        mentor[end : end + first.size], value[end : end + first.size] = here.mentor[first], here.value[first]
        end += first.size
    return Pairs(np.cumsum(start), mentor[:end], value[:end], places.astype(np.int64))


def _of_mentees(edges: Edges, low: int, high: int) -> Edges:
    """Return the pairs of the mentees low to high."""
    here = np.flatnonzero((edges.mentee >= low) & (edges.mentee < high))
    return Edges(*(part[here] for part in edges))


def order_of(codes: NDArray[np.signedinteger]) -> Ints:
    """Return the stable order of codes from 0 to 2³², sixteen bits at a time: NumPy sorts those by counting."""
    order = np.argsort(codes.astype(np.uint16), kind="stable")
    if codes.size and codes.max() >= 1 << 16:
        order = order[np.argsort((codes[order] >> 16).astype(np.uint16), kind="stable")]
    return order


def keys_of(ids: Sequence[str]) -> NDArray[np.uint64]:
    """Hash each persistent id to 64 bits: the tie-break knows people by these, never by their place in a list."""
    digests = b"".join(blake2b(ident.encode(), digest_size=8).digest() for ident in ids)
    return np.frombuffer(digests, "<u8").astype(np.uint64)
