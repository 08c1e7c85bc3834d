"""A whole match: from people to who goes with whom, with the prices that prove it, and what a change would cost."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matchmaker.change import changed
from matchmaker.columns import Columns, columns_of
from matchmaker.generate import SMALL, Best, Told, at_prices, best, better, every_pair
from matchmaker.policy import Policy
from matchmaker.roster import Pair, Roster, by_id, open_people, refuse_unless_sound, worth


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """The best match of a roster under a policy on a day.

    `pairs`: the mentor of each mentee who has one, the fixed ones included. `total`: the value of all pairs made but
    the fixed ones; `bound`: what the prices prove no match can exceed; the two are equal. `mentee_price` and
    `mentor_price` (per place) are of those whose match was open: not of the fixed, nor of mentors without a place.
    """

    roster: Roster
    policy: Policy
    today: date
    pairs: dict[str, str]
    total: int
    bound: int
    mentee_price: dict[str, int]
    mentor_price: dict[str, int]
    free: tuple[tuple[str, ...], tuple[str, ...]]
    columns: Columns
    best: Best

    @property
    def waiting(self) -> tuple[str, ...]:
        """The mentees without a mentor, in the order of the roster."""
        return tuple(mentee.id for mentee in self.roster.mentees if mentee.id not in self.pairs)


def match(
    roster: Roster,
    policy: Policy,
    today: date,
    *,
    threads: int | None = None,
    told: Told = lambda _what, _share: None,
) -> Match:
    """Find the best match there is. Raises RosterError if ids repeat or a fixed pair may not be made."""
    columns, free = _opened(roster, policy, today)
    return _match(roster, policy, today, free, columns, best(columns, threads, told))


def rematch(before: Match, roster: Roster, policy: Policy | None = None, today: date | None = None) -> Match:
    """Find the best match after people joined, left or changed, from the prices and pairs of `before`.

    The answer is the one `match` would give; it is only found sooner.
    """
    policy, today = policy or before.policy, today or before.today
    columns, free = _opened(roster, policy, today)
    column = {ident: j for j, ident in enumerate(free[1])}
    v = np.array([before.mentor_price.get(ident, 0) for ident in free[1]], np.int64)
    mate = np.array([column.get(before.pairs.get(ident, ""), -1) for ident in free[0]], np.int64)
    pairs = every_pair(columns) if columns.base.size * v.size <= SMALL else at_prices(columns, v)
    return _match(roster, policy, today, free, columns, better(columns, pairs, v, mate))


def what_if(before: Match, *, fix: Iterable[Pair] = (), forbid: Iterable[Pair] = ()) -> tuple[Match, int]:
    """Match with these pairs fixed or forbidden, and count exactly how many points of the total that costs.

    To swap two people fix both new pairs. Raises RosterError when a pair to fix may not be made.
    """
    fix, forbid = frozenset(fix) - before.roster.fixed, frozenset(forbid)
    roster = before.roster
    roster = replace(roster, fixed=roster.fixed | fix, forbidden=roster.forbidden | forbid)
    refuse_unless_sound(roster, before.policy)
    row, column = ({ident: k for k, ident in enumerate(ids)} for ids in before.free)
    places = before.columns.places.copy()
    for _, mentor in fix:
        places[column[mentor]] -= 1
    shut = [(row[e], column[r]) for e, r in forbid if e in row and r in column]
    columns, found = changed(before.columns, before.best, [row[e] for e, _ in fix], places, shut)
    mentees, mentors = by_id(roster)
    fixed = sum(worth(mentees[e], mentors[r], before.policy, before.today, roster.kept) for e, r in fix)
    after = _match(roster, before.policy, before.today, before.free, columns, found)
    return after, before.total - after.total - fixed


def leave(before: Match, mentees: Iterable[str] = (), mentors: Iterable[str] = ()) -> Match:
    """Find the best match once these people have left: what `match` would give for the rest, in milliseconds."""
    gone, away = frozenset(mentees), frozenset(mentors)
    roster = before.roster
    roster = replace(
        roster,
        mentees=tuple(mentee for mentee in roster.mentees if mentee.id not in gone),
        mentors=tuple(mentor for mentor in roster.mentors if mentor.id not in away),
    )
    refuse_unless_sound(roster, before.policy)
    rows = [i for i, ident in enumerate(before.free[0]) if ident in gone]
    places = np.where([ident in away for ident in before.free[1]], 0, before.columns.places)
    columns, found = changed(before.columns, before.best, rows, places)
    return _match(roster, before.policy, before.today, before.free, columns, found)


def _opened(roster: Roster, policy: Policy, today: date) -> tuple[Columns, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the columns and ids of everyone whose match is open. Fixed pairs and their places are settled."""
    refuse_unless_sound(roster, policy)
    mentees, mentors = open_people(roster)
    columns = columns_of(mentees, mentors, policy, today, roster.kept, roster.forbidden)
    return columns, (tuple(mentee.id for mentee in mentees), tuple(mentor.id for mentor in mentors))


def _match(
    roster: Roster,
    policy: Policy,
    today: date,
    free: tuple[tuple[str, ...], tuple[str, ...]],
    columns: Columns,
    found: Best,
) -> Match:
    made = {free[0][i]: free[1][j] for i, j in enumerate(found.mate.tolist()) if j >= 0}
    fixed = dict(roster.fixed)
    there, offering = ({person.id for person in people} for people in (roster.mentees, roster.mentors))
    prices = zip(free[0], found.u.tolist(), strict=True), zip(free[1], found.v.tolist(), strict=True)
    return Match(
        roster=roster,
        policy=policy,
        today=today,
        pairs=dict(sorted((made | fixed).items())),
        total=int(found.pairs.values_of(found.mate).sum()),
        bound=int(found.u.sum() + (found.v * columns.places).sum()),
        mentee_price={ident: price for ident, price in prices[0] if ident in there and ident not in fixed},
        mentor_price={ident: price for ident, price in prices[1] if ident in offering},
        free=free,
        columns=columns,
        best=found,
    )
