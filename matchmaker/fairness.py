"""How fair a match is, in figures: whom it leaves out, how those fare whom it suits least, and who would rather.

The best match for all need not be the one in which no two people would rather have each other; a pair who would is
blocking (D. Gale and L. S. Shapley, American Mathematical Monthly 69, 1962). Such pairs are told, not ruled out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np

from matchmaker.columns import columns_of
from matchmaker.pairs import Ints
from matchmaker.people import Mentee, Mentor
from matchmaker.policy import Policy
from matchmaker.roster import Roster, by_id, open_people
from matchmaker.suitability import suitability
from matchmaker.values import values

BLOCK = 4_000_000
"""So many pairs are looked at together."""

NOTHING = -1
"""Less than any suitability, for who is still free."""


class Matched(Protocol):
    """A match, or an answer in a file: who is there, by which rules, on which day, and who goes with whom."""

    @property
    def roster(self) -> Roster: ...
    @property
    def policy(self) -> Policy: ...
    @property
    def today(self) -> date: ...
    @property
    def pairs(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Fairness:
    """The fairness of a match.

    `mentees`, `matched`: how many there are and how many have a mentor. `floor`, `fifth_percentile`: the suitability
    that every pair reaches, and that all but a twentieth of the pairs exceed or reach; None without pairs. They are of
    the pairs the match chose, not of those fixed beforehand. `longest_wait`: days, of those who have no mentor; None
    when everyone has one.
    """

    mentees: int
    matched: int
    floor: int | None
    fifth_percentile: int | None
    longest_wait: int | None


@dataclass(frozen=True, slots=True)
class Blocking:
    """Two people not together, who suit one another better than each suits someone they have, or who have nobody."""

    mentee: str
    mentor: str
    suits: int


def fairness(match: Matched) -> Fairness:
    """Measure how fair a match is. The percentile is the nearest rank (Hyndman and Fan 1996, type 1)."""
    suits = sorted(_chosen(match).values())
    waited = [(match.today - e.asked_on).days for e in match.roster.mentees if e.id not in match.pairs]
    return Fairness(
        mentees=len(match.roster.mentees),
        matched=len(match.pairs),
        floor=suits[0] if suits else None,
        fifth_percentile=suits[-(-len(suits) // 20) - 1] if suits else None,
        longest_wait=max(waited, default=None),
    )


def blocking_pairs(match: Matched) -> Iterator[Blocking]:
    """List every pair that may be made, wasn't, and suits both better. To wait, or a free place, suits least.

    Only the suitability of the two counts, neither waiting nor the bonus for staying together. The fixed are settled.
    """
    mentees, mentors = open_people(match.roster)
    chosen = _chosen(match)
    mine = np.array([chosen.get(mentee.id, NOTHING) for mentee in mentees], np.int64)
    theirs = _least_at_mentors(match, mentees, mentors, chosen)
    columns = columns_of(mentees, mentors, match.policy, match.today, forbidden=match.roster.forbidden)
    step = max(1, BLOCK // max(1, len(mentors)))
    for low in range(0, len(mentees), step):
        base = columns.base[low : low + step, None]
        suits = values(columns, low, min(len(mentees), low + step)) - base
        rows, places = np.nonzero((suits > mine[low : low + step, None]) & (suits > theirs))
        for i, j in zip(rows.tolist(), places.tolist(), strict=True):
            yield Blocking(mentees[low + i].id, mentors[j].id, int(suits[i, j]))


def fairness_as_mapping(match: Matched) -> dict[str, Any]:
    """Return both as plain data (JSON): `fairness`, and `blocking` [mentee, mentor, suitability]."""
    pairs = [[one.mentee, one.mentor, one.suits] for one in blocking_pairs(match)]
    return {"fairness": asdict(fairness(match)), "blocking": pairs}


def _chosen(match: Matched) -> dict[str, int]:
    """Return the suitability of each pair the match chose, by mentee."""
    mentees, mentors = by_id(match.roster)
    fixed = dict(match.roster.fixed)
    return {
        e: suitability(mentees[e], mentors[r], match.policy).total for e, r in match.pairs.items() if e not in fixed
    }


def _least_at_mentors(match: Matched, mentees: list[Mentee], mentors: list[Mentor], chosen: Mapping[str, int]) -> Ints:
    """Return the least suitability of each mentor's mentees: NOTHING with a free place."""
    theirs: Mapping[str, list[int]] = defaultdict(list)
    for mentee in mentees:
        if mentee.id in match.pairs:
            theirs[match.pairs[mentee.id]].append(chosen[mentee.id])
    least = [NOTHING if len(theirs[one.id]) < one.capacity else min(theirs[one.id]) for one in mentors]
    return np.array(least, np.int64)
