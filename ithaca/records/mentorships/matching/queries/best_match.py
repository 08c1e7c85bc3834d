"""The best match of everyone in a scheme's queue: the pairs, why, the alternatives, and its proof.

In the uuids of records: of requests, and of the standings of mentors. Nothing here is kept and nothing is changed.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from ithaca.records.mentorships.pairing.queries import candidates
from ithaca.records.mentorships.pairing.queries import others as others_queries
from ithaca.records.mentorships.pairing.queries.candidates import Part, Reason
from ithaca.records.schemes.models import Scheme
from ithaca.tools.vault import directory
from matchmaker import Mentee, Mentor, Policy, verdict
from matchmaker.explain import NO_LIMIT, explain
from matchmaker.fairness import Fairness, fairness
from matchmaker.match import Match, match
from matchmaker.match import what_if as matched_if
from matchmaker.proof import answer_of, faults_of
from matchmaker.roster import Roster, RosterError, by_id, worth
from matchmaker.suitability import suitability

People = tuple[dict[str, Mentee], dict[str, Mentor]]
Pair = tuple[UUID, UUID]
"""A request and the standing of a mentor."""


class NotPossible(Exception):
    """Pairs that cannot be fixed; `against` has every reason a coordinator may see, pair by pair.

    Where no pair has a reason of its own, they cannot all be made together: a mentor has too few places, somebody is in
    two of them, or one is forbidden as well.
    """

    def __init__(self, against: dict[Pair, tuple[Reason, ...]]) -> None:
        super().__init__(", ".join(f"{request} {standing}" for request, standing in against))
        self.against = against


@dataclass(frozen=True, slots=True)
class Made:
    """A request and its mentor: `suits` points of suitability, the sum of the `parts`. `fixed`: it was asked for."""

    request: UUID
    standing: UUID
    suits: int
    parts: tuple[Part, ...]
    fixed: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that goes without. `possible`: how many mentors with a place it could be matched with.

    `against`, where there is none: how many of the scheme's mentors each reason in the open rules out, and how many are
    not available for whatever else, the most frequent first.
    """

    request: UUID
    since: date
    possible: int
    against: tuple[tuple[Reason, int], ...]


@dataclass(frozen=True, slots=True)
class Instead:
    """Another mentor for a request: what all together would lose, and what of that the others would lose."""

    standing: UUID
    suits: int
    cost: int
    others: int


@dataclass(frozen=True, slots=True)
class Best:
    """The best match of a scheme at a moment.

    `total`: what the pairs that were chosen are worth together; `bound`: what no match can exceed. `faults`: what an
    examination without the solver found wrong with the proof that the two are the same: nothing. `unreached`: mentors
    who have never signed in, to whom nothing can be sealed yet; they are left out.
    """

    pairs: tuple[Made, ...]
    waiting: tuple[Waiting, ...]
    total: int
    bound: int
    faults: tuple[str, ...]
    fairness: Fairness
    unreached: tuple[UUID, ...]
    rules_version: str
    solved: Match = field(repr=False, compare=False)

    @property
    def proved(self) -> bool:
        """Tell whether this match has been shown to be the best there is."""
        return not self.faults and self.total == self.bound


@dataclass(frozen=True, slots=True)
class Move:
    """One request whose mentor a change alters (None: it waits): its suitability before and after, and what it loses.

    `loses` counts suitability, and being matched and having waited where it is matched in one case alone; below zero it
    is a gain.
    """

    request: UUID
    before: UUID | None
    after: UUID | None
    suited: int
    suits: int
    loses: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a change would do: `cost`, what all together lose, exactly the sum of what each of the `moves` loses."""

    cost: int
    moves: tuple[Move, ...]
    solved: Match = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Solved:
    """A match that is found and not yet told: enough to ask it what if. `unreached` as in `Best`."""

    match: Match
    unreached: tuple[UUID, ...]

    def with_changes(self, fix: Iterable[Pair], forbid: Iterable[Pair]) -> "Solved":
        """Match the same people with these pairs fixed and forbidden. Raises NotPossible."""
        roster = replace(self.match.roster, fixed=_texts(fix), forbidden=_texts(forbid))
        return Solved(_matched(roster, self.match.policy, self.match.today), self.unreached)


def best(scheme: Scheme, at: datetime, *, fix: Iterable[Pair] = (), forbid: Iterable[Pair] = ()) -> Best:
    """Find the best match for everyone waiting in a scheme, with some pairs fixed or forbidden.

    Raises NotPossible where pairs cannot be fixed, `matchmaker.PolicyError` when the scheme's rules cannot be used.
    """
    return tell(solve(scheme, at, fix=fix, forbid=forbid))


def solve(scheme: Scheme, at: datetime, *, fix: Iterable[Pair] = (), forbid: Iterable[Pair] = ()) -> Solved:
    """Solve without the words and the examination, which take most of the time. Raises as `best`."""
    pool = candidates.pool_for(scheme, at)
    enrolled = directory.enrolled_among(UUID(mentor.member) for mentor in pool.mentors)
    mentors = tuple(mentor for mentor in pool.mentors if UUID(mentor.member) in enrolled)
    roster = Roster(pool.mentees, mentors, fixed=_texts(fix), forbidden=_texts(forbid))
    solved = _matched(roster, pool.policy, timezone.localdate(at))
    unreached = tuple(UUID(mentor.id) for mentor in pool.mentors if UUID(mentor.member) not in enrolled)
    return Solved(solved, unreached)


def what_if(found: Best | Solved, *, fix: Iterable[Pair] = (), forbid: Iterable[Pair] = ()) -> Change:
    """Find what it would change and cost to fix or forbid these pairs, starting from the match as it is.

    Raises NotPossible where pairs cannot be fixed.
    """
    before, fixed, forbidden = _match_of(found), _texts(fix), _texts(forbid)
    try:
        after, cost = matched_if(before, fix=fixed, forbid=forbidden)
    except RosterError:
        roster = before.roster
        roster = replace(roster, fixed=roster.fixed | fixed, forbidden=roster.forbidden | forbidden)
        raise _not_possible(roster, before.policy) from None
    moved = [ident for ident in before.pairs | after.pairs if before.pairs.get(ident) != after.pairs.get(ident)]
    people = by_id(before.roster)
    return Change(cost, tuple(_move(before, after, people, ident) for ident in sorted(moved)), after)


def instead(
    found: Best | Solved, requests: Iterable[UUID], most: int = 3, dearest: int = NO_LIMIT
) -> dict[UUID, tuple[Instead, ...]]:
    """For each of the requests up to `most` other mentors that cost at most `dearest` points, the cheapest first.

    A hundred points is a good limit where they are asked for many requests at once: it is then found much sooner.
    """
    solved = _match_of(found)
    mentees, mentors = by_id(solved.roster)
    return {
        UUID(one.mentee): tuple(
            Instead(
                standing=UUID(other.mentor),
                suits=suitability(mentees[one.mentee], mentors[other.mentor], solved.policy).total,
                cost=other.cost,
                others=other.others,
            )
            for other in one.alternatives
        )
        for one in explain(solved, map(str, requests), most, dearest)
    }


def tell(found: Solved) -> Best:
    """Return the match with the reasons for each pair, why the others wait, and its proof examined."""
    solved, roster, policy = found.match, found.match.roster, found.match.policy
    mentees, mentors = by_id(roster)
    fixed = dict(roster.fixed)
    pairs = []
    for e, r in solved.pairs.items():
        suits = suitability(mentees[e], mentors[r], policy)
        pairs.append(Made(UUID(e), UUID(r), suits.total, suits.parts, fixed=e in fixed))
    waiting = tuple(
        Waiting(
            UUID(one.mentee),
            mentees[one.mentee].asked_on,
            one.possible,
            () if one.possible else _against(solved, one.mentee),
        )
        for one in explain(solved, solved.waiting, 0)
    )
    return Best(
        pairs=tuple(pairs),
        waiting=waiting,
        total=solved.total,
        bound=solved.bound,
        faults=tuple(faults_of(roster, json.loads(json.dumps(answer_of(solved))))),
        fairness=fairness(solved),
        unreached=found.unreached,
        rules_version=policy.version,
        solved=solved,
    )


def _against(solved: Match, mentee: str) -> tuple[tuple[Reason, int], ...]:
    mentees, mentors = by_id(solved.roster)
    verdicts = (verdict(mentees[mentee], mentor, solved.policy) for mentor in mentors.values())
    counts = Counter(why for one in verdicts for why in others_queries.told(one.shown_to_coordinator))
    return tuple(counts.most_common())


def _matched(roster: Roster, policy: Policy, today: date) -> Match:
    try:
        return match(roster, policy, today)
    except RosterError:
        raise _not_possible(roster, policy) from None


def _match_of(found: Best | Solved) -> Match:
    return found.solved if isinstance(found, Best) else found.match


def _move(before: Match, after: Match, people: People, ident: str) -> Move:
    was, now = _place(before, people, ident), _place(after, people, ident)
    return Move(UUID(ident), was[0], now[0], suited=was[1], suits=now[1], loses=was[2] - now[2])


def _place(solved: Match, people: People, ident: str) -> tuple[UUID | None, int, int]:
    """Return a request's mentor, its suitability, and its value: zeros while it waits."""
    if ident not in solved.pairs:
        return None, 0, 0
    pair = people[0][ident], people[1][solved.pairs[ident]]
    return UUID(pair[1].id), suitability(*pair, solved.policy).total, worth(*pair, solved.policy, solved.today)


def _texts(pairs: Iterable[Pair]) -> frozenset[tuple[str, str]]:
    return frozenset((str(request), str(standing)) for request, standing in pairs)


def _not_possible(roster: Roster, policy: Policy) -> NotPossible:
    """Every fixed pair that may not be made, with its reasons; who is no longer there is not available."""
    mentees, mentors = by_id(roster)
    against = {}
    for e, r in sorted(roster.fixed):
        found: tuple[Reason, ...] = (Reason.NOT_AVAILABLE,)
        if e in mentees and r in mentors:
            found = tuple(
                why for why in verdict(mentees[e], mentors[r], policy).shown_to_coordinator if why != Reason.BELOW_FLOOR
            )
        if found:
            against[UUID(e), UUID(r)] = found
    return NotPossible(against)
