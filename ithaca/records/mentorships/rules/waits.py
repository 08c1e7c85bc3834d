"""How long it takes until an introduction, as it is honestly said: a range in weeks, that does not jump about.

Pure: everything is computed from what is handed in. Days are counted from asking to the first introduction.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

LATELY = timedelta(days=180)
"""Only introductions of this last while tell how long it takes now."""
FEWEST = 5
"""With fewer comparable people nothing is said: it would be chance, and could be somebody."""
LEAST, MOST = 0.2, 0.8
"""Of those who were introduced, a fifth waited less than the range, and a fifth more."""
EDGES = (0, 1, 2, 3, 4, 6, 8, 12, 16, 20, 26, 39, 52, 78, 104)
"""The weeks that are ever said: bands that grow wider, as far-off numbers are known less well."""
MARGIN = 3
"""Days by which a percentile must leave its band before another range is said."""
SOON = timedelta(days=14)
"""A person says that nobody is likely this long before the day that was stated."""
UNSAID = timedelta(days=84)
"""The day that counts as stated where no range can be said."""


@dataclass(frozen=True, slots=True)
class Range:
    """Most people wait from `low` to `high` weeks."""

    low: int
    high: int


def percentile(days: Sequence[int], share: float) -> int:
    """Return the smallest of these waits that at least this share of them do not exceed (nearest rank). Not of none."""
    return sorted(days)[max(0, ceil(share * len(days)) - 1)]


def steadied(said: Range | None, days: Sequence[int]) -> Range | None:
    """Return the range to say now, given what we say and the waits of comparable people; None under five.

    Each end stays as it is said until its percentile has left its band by more than `MARGIN` days, so that one more
    introduction, or one that falls out of the last while, does not make the number flicker.
    """
    if len(days) < FEWEST:
        return None
    least, most = percentile(days, LEAST), percentile(days, MOST)
    low = said.low if said and _within(said.low, _above(said.low), least) else _at_most(least)
    high = said.high if said and _within(_below(said.high), said.high, most) else _at_least(most)
    return Range(min(low, high), high)


def stated_by(asked_on: date, said: Range | None) -> date:
    """Return the day by which someone who asked on this day may expect an introduction, by what we say."""
    return asked_on + (timedelta(weeks=said.high) if said else UNSAID)


def unlikely(asked_on: date, today: date, said: Range | None, ahead: int, places: int) -> bool:
    """Is it time that a person says so? The stated day has come; or it comes soon, and the free places are for others.

    `ahead` is how many have waited longer, `places` how many are free now.
    """
    by = stated_by(asked_on, said)
    return today >= by or (today >= by - SOON and ahead >= places)


def _within(low: int, high: int, days: int) -> bool:
    return low * 7 - MARGIN <= days <= high * 7 + MARGIN


def _at_most(days: int) -> int:
    return EDGES[bisect_right(EDGES, days / 7) - 1]


def _at_least(days: int) -> int:
    return EDGES[min(bisect_left(EDGES, days / 7), len(EDGES) - 1)]


def _above(edge: int) -> int:
    return EDGES[min(EDGES.index(edge) + 1, len(EDGES) - 1)] if edge in EDGES else edge


def _below(edge: int) -> int:
    return EDGES[max(EDGES.index(edge) - 1, 0)] if edge in EDGES else edge
