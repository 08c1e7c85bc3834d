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


AT_ONCE = 1_000_000
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
        """How many mentees there are, with and without a pair."""
        return self.start.size - 1

    def edges(self) -> Edges:
        """The same pairs as a list."""
        return Edges(self.rows(), self.mentor, self.value)

    def rows(self) -> Small:
        """The mentee of each pair."""
        return np.repeat(np.arange(self.mentees, dtype=np.int32), np.diff(self.start))

    def value_of(self, mentee: int, mentor: int) -> int | None:
        """The value of one pair, None if it may not be made."""
        row = self.mentor[self.start[mentee] : self.start[mentee + 1]]
        place = int(np.searchsorted(row, mentor))
        return int(self.value[self.start[mentee] + place]) if place < row.size and row[place] == mentor else None

    def values_of(self, mate: Ints) -> Ints:
        """The value of each mentee's pair under `mate` (−1: waits, worth 0); KeyError if a pair may not be made."""
        rows = self.rows()
        made = mate[rows] == self.mentor
        worth = np.zeros(self.mentees, np.int64)
        worth[rows[made]] = self.value[made]
        if made.sum() != (mate >= 0).sum():
            raise KeyError("a pair that may not be made")
        return worth


NO_EDGES = Edges(*(np.empty(0, np.int64) for _ in range(3)))


def joined(*some: Edges) -> Edges:
    """All the pairs of several lists."""
    return Edges(*(np.concatenate([edges[part] for edges in some]) for part in range(3)))


def pairs_of(edges: Edges, mentees: int, places: Ints) -> Pairs:
    """The instance with the given pairs; one that is given twice is taken once."""
    step = max(1, mentees * AT_ONCE // max(AT_ONCE, edges.mentee.size))
    some = [_rows_of(edges, low, min(mentees, low + step), places.size) for low in range(0, max(1, mentees), step)]
    count, mentor, value = (np.concatenate([one[part] for one in some]) for part in range(3))
    start = np.concatenate(([0], np.cumsum(count)))
    return Pairs(start.astype(np.int64), mentor, value, places.astype(np.int64))


def _rows_of(edges: Edges, low: int, high: int, mentors: int) -> tuple[Ints, Small, Ints]:
    """Of the mentees low to high how many pairs each has, and the mentors and values of those."""
    if low or high <= edges.mentee.max(initial=-1):
        here = np.flatnonzero((edges.mentee >= low) & (edges.mentee < high))
        edges = Edges(*(part[here] for part in edges))
    _, first = np.unique(edges.mentee.astype(np.int64) * mentors + edges.mentor, return_index=True)
    mentee, mentor, value = (part[first] for part in edges)
    count = np.bincount(mentee - low, minlength=high - low)
    return count, mentor.astype(np.int32), value.astype(np.int64)


def order_of(codes: NDArray[np.signedinteger]) -> Ints:
    """The stable order of codes from 0 to 2³², sixteen bits at a time: NumPy sorts those by counting."""
    order = np.argsort(codes.astype(np.uint16), kind="stable")
    if codes.size and codes.max() >= 1 << 16:
        order = order[np.argsort((codes[order] >> 16).astype(np.uint16), kind="stable")]
    return order


def keys_of(ids: Sequence[str]) -> NDArray[np.uint64]:
    """A 64-bit hash of each persistent id: the tie-break knows people by these, never by where they stand in a list."""
    digests = b"".join(blake2b(ident.encode(), digest_size=8).digest() for ident in ids)
    return np.frombuffer(digests, "<u8").astype(np.uint64)
