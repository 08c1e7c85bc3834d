"""Why this mentor, why not that one, and what every other choice would cost, exactly.

The cost of a pair that was not made is what the total would lose if it were: what the two prices exceed its value by,
and what it costs the others to make room (kernels/ways.py). It is found for all mentors at once, without solving again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from matchmaker.eligibility import Reason, Verdict, verdict
from matchmaker.generate import SMALL, within
from matchmaker.kernels import compiled
from matchmaker.kernels.ways import ways
from matchmaker.match import Match, what_if
from matchmaker.pairs import Ints
from matchmaker.people import Mentee, Mentor
from matchmaker.solve import by_mentor
from matchmaker.suitability import Suitability, suitability
from matchmaker.values import values

BAND = 100
"""In a large pool, and in a whole report, only alternatives are looked for that cost at most this many points."""

NO_LIMIT = 1 << 60


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another mentor: the value of the pair, and what the total would lose; of that, what the others would lose."""

    mentor: str
    value: int
    cost: int
    others: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """One mentee's place in the match: their mentor and why, and the alternatives, the cheapest first.

    `possible`: how many mentors with a place they may be matched with.
    """

    mentee: str
    mentor: str | None
    suits: Suitability | None
    alternatives: tuple[Alternative, ...]
    possible: int


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """One mentee and one mentor: whether they may be matched, how they suit, and what making the pair would cost."""

    verdict: Verdict
    suits: Suitability
    made: bool
    cost: int | None


def explain(
    match: Match, mentees: Iterable[str] | None = None, most: int = 3, limit: int = NO_LIMIT
) -> Iterator[Explanation]:
    """Explain the match of each of the given mentees, or of all if none are given.

    Up to `most` alternatives each, of those that cost at most `limit`.
    """
    people = {mentee.id: mentee for mentee in match.roster.mentees}
    mentors = {mentor.id: mentor for mentor in match.roster.mentors}
    row = {ident: i for i, ident in enumerate(match.free[0])}
    costs = _Costs(match, limit)
    fixed = dict(match.roster.fixed)
    for ident in people if mentees is None else mentees:
        partner = match.pairs.get(ident)
        suits = suitability(people[ident], mentors[partner], match.policy) if partner else None
        if ident in fixed:
            yield Explanation(ident, partner, suits, (), 0)
            continue
        i = row[ident]
        possible = int((values(match.columns, i, i + 1) >= 0).sum())
        yield Explanation(ident, partner, suits, _alternatives(match, costs, i, most), possible)


def refusals(match: Match, mentee: Mentee) -> dict[Reason, int]:
    """Count how many mentors each reason rules out for a mentee, as a coordinator may see it."""
    verdicts = [verdict(mentee, mentor, match.policy) for mentor in match.roster.mentors]
    return dict(Counter(reason for one in verdicts for reason in one.shown_to_coordinator).most_common())


def explain_pair(match: Match, mentee: Mentee, mentor: Mentor) -> PairExplanation:
    """Explain why these two are, or aren't, together."""
    judged = verdict(mentee, mentor, match.policy)
    made = match.pairs.get(mentee.id) == mentor.id
    pair = (mentee.id, mentor.id)
    fixed = dict(match.roster.fixed)
    cost = 0 if made else None
    if judged.eligible and not made and mentee.id not in fixed and mentor.id in match.mentor_price:
        cost = what_if(match, fix=[pair])[1] if pair not in match.roster.forbidden else None
    return PairExplanation(judged, suitability(mentee, mentor, match.policy), made, cost)


class _Costs:
    """What making room costs, by the place that is left; each kind of place is searched once.

    A path that costs no more than the limit passes only through pairs whose prices exceed their value by no more.
    """

    def __init__(self, match: Match, limit: int) -> None:
        small = match.columns.base.size * match.columns.places.size <= SMALL
        self.limit = limit if small else min(limit, BAND)
        self.pairs = match.best.pairs if small else within(match.columns, match.best, self.limit)
        self.search, self.best = ways if small else compiled(ways), match.best
        self.by_mentor = by_mentor(self.pairs)
        places, mate = self.pairs.places, match.best.mate
        self.leave = np.full(places.size, NO_LIMIT, np.int64)
        np.minimum.at(self.leave, mate[mate >= 0], match.best.u[mate >= 0])
        self.leave[np.bincount(mate[mate >= 0], minlength=places.size) < places] = 0
        self.found: dict[int, Ints] = {}

    def of(self, left: int) -> Ints:
        if left not in self.found:
            prices = (self.best.u, self.best.v, self.best.mate, self.leave)
            self.found[left] = self.search(*self.by_mentor, *prices, left, self.limit)
        return self.found[left]


def _alternatives(match: Match, costs: _Costs, i: int, most: int) -> tuple[Alternative, ...]:
    best, pairs, ids = match.best, costs.pairs, match.free[1]
    mine = slice(pairs.start[i], pairs.start[i + 1])
    mentor, value = pairs.mentor[mine], pairs.value[mine]
    room = costs.of(int(best.mate[i]) if best.mate[i] >= 0 else len(ids))[mentor]
    cost = best.u[i] + best.v[mentor] - value + room
    now = int(value[mentor == best.mate[i]].sum())
    known = np.flatnonzero(
        (room >= 0) & (mentor != best.mate[i]) & (cost <= costs.limit) & (match.columns.places[mentor] > 0)
    )
    order = sorted(known.tolist(), key=lambda k: (int(cost[k]), ids[mentor[k]]))[:most]
    return tuple(
        Alternative(ids[mentor[k]], int(value[k]), int(cost[k]), int(cost[k]) - (now - int(value[k]))) for k in order
    )
