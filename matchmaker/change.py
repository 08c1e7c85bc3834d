"""Solving on after a small change: the prices of before still pay for nearly everything, so little has to move."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from matchmaker.columns import REFUSED, Columns
from matchmaker.generate import Best, better
from matchmaker.pairs import Ints, Pairs

STRUCK = -1
"""The value of a listed pair that may no longer be made: less than waiting."""


def changed(
    columns: Columns,
    before: Best,
    gone: Sequence[int],
    places: Ints,
    shut: Collection[tuple[int, int]] = (),
    threads: int | None = None,
) -> tuple[Columns, Best]:
    """Return the columns and the optimal answer once mentees are gone, places have changed and pairs are refused.

    People stay where they are in the columns; those gone may be matched with nobody. Only pairs whose prices have
    fallen are looked at: all others were paid for before and still are.
    """
    base = columns.base.copy()
    base[gone] = REFUSED
    columns = replace(columns, base=base, places=places)
    pairs = _struck(before.pairs, gone, places, shut)
    for i, j in shut:
        columns = _refused(columns, i, j)
    return columns, better(columns, pairs, before.v, before.mate, before.paid, threads)


def _struck(pairs: Pairs, gone: Sequence[int], places: Ints, shut: Collection[tuple[int, int]]) -> Pairs:
    value = pairs.value.copy()
    for i in gone:
        value[pairs.start[i] : pairs.start[i + 1]] = STRUCK
    for i, j in shut:
        row = slice(pairs.start[i], pairs.start[i + 1])
        value[row][pairs.mentor[row] == j] = STRUCK
    return replace(pairs, value=value, places=places)


def _refused(columns: Columns, i: int, j: int) -> Columns:
    """Return the columns with one more pair refused."""
    start, end = columns.special_start[i : i + 2]
    known = start + np.flatnonzero(columns.special_mentor[start:end] == j)
    if known.size:
        gain = columns.special_gain.copy()
        gain[known] = REFUSED
        return replace(columns, special_gain=gain)
    later = columns.special_start.copy()
    later[i + 1 :] += 1
    return replace(
        columns,
        special_start=later,
        special_mentor=np.insert(columns.special_mentor, end, j),
        special_gain=np.insert(columns.special_gain, end, REFUSED),
        special_bonus=np.insert(columns.special_bonus, end, 0),
    )
