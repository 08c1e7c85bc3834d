"""Checking an answer without the solver: whoever has the roster can do it, in one pass over the pairs.

An answer is plain data (JSON): `pairs` [mentee, mentor, value], `fixed` [mentee, mentor], `total`, `bound`, a price for
each mentee and for each mentor's places, the `policy` and the day, `today`. It is right, and none is better, when

1. every pair may be made and is worth what is said; nobody is in two; no mentor has more than their places;
2. no price is below zero, and the two prices of every pair that may be made add up to at least its value;
3. Σ mentee prices + Σ places · mentor price = the total = the sum of the values made.

Any match, whatever it is, is worth no more than the left side of 3 because of 2; this one reaches it. What the answer
says besides, how many are matched, who waits, how fair it is and which pairs are blocking, is held against the roster.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from matchmaker.columns import columns_of
from matchmaker.eligibility import verdict
from matchmaker.fairness import fairness_as_mapping
from matchmaker.people import Mentee, Mentor
from matchmaker.policy import Policy, PolicyError
from matchmaker.roster import Roster, by_id, open_people, worth
from matchmaker.sheets import whole_of
from matchmaker.values import values

if TYPE_CHECKING:
    from matchmaker.match import Match

ONE_BY_ONE = 20_000
"""Up to this many pairs each is judged by verdict() and suitability() themselves, beyond by NumPy in blocks."""

BLOCK = 4_000_000


def answer_of(match: "Match") -> dict[str, Any]:
    """Return a match as plain data, with all that is needed to check it."""
    mentees, mentors = by_id(match.roster)
    fixed = dict(match.roster.fixed)
    return {
        "today": match.today.isoformat(),
        "policy": match.policy.as_mapping(),
        "total": match.total,
        "bound": match.bound,
        "matched": len(match.pairs),
        "pairs": [
            [e, r, worth(mentees[e], mentors[r], match.policy, match.today, match.roster.kept)]
            for e, r in sorted(match.pairs.items())
            if e not in fixed
        ],
        "fixed": sorted(list(pair) for pair in match.roster.fixed),
        "waiting": sorted(match.waiting),
        "mentee_price": match.mentee_price,
        "mentor_price": match.mentor_price,
    }


def faults_of(roster: Roster, answer: Mapping[str, Any]) -> list[str]:
    """List everything that keeps an answer from being proved best for the roster: empty if it is.

    What is shaped wrongly is a fault as well: an answer comes from a file that anyone may have written.
    """
    try:
        policy, today = Policy.from_mapping(answer["policy"]), date.fromisoformat(answer["today"])
        pairs = [(str(e), str(r), whole_of(value)) for e, r, value in answer["pairs"]]
        fixed = {(str(e), str(r)) for e, r in answer["fixed"]}
        u = {str(e): whole_of(price) for e, price in answer["mentee_price"].items()}
        v = {str(r): whole_of(price) for r, price in answer["mentor_price"].items()}
        total, bound = whole_of(answer["total"]), whole_of(answer["bound"])
    except PolicyError as error:
        return [f"policy: {fault}" for fault in error.errors]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return [f"the answer has not the shape of one: {type(error).__name__} {error}"]
    faults = [] if fixed == roster.fixed else ["the fixed pairs are not those of the roster"]
    open_mentees, open_mentors = open_people(roster)
    mentees, mentors = {e.id: e for e in open_mentees}, {r.id: r for r in open_mentors}
    faults += [f"{e}: in more than one pair" for e, times in Counter(e for e, _, _ in pairs).items() if times > 1]
    faults += [
        f"{r}: more mentees than places"
        for r, times in Counter(r for _, r, _ in pairs).items()
        if r in mentors and times > mentors[r].capacity
    ]
    for e, r, value in pairs:
        faults += _pair_faults(roster, mentees.get(e), mentors.get(r), value, (e, r), policy, today)
    faults += [
        f"{name}: not in the answer's prices" for name in [*mentees.keys() - u.keys(), *mentors.keys() - v.keys()]
    ]
    faults += [
        f"{name}: has a price but no part in the match"
        for name in [*u.keys() - mentees.keys(), *v.keys() - mentors.keys()]
    ]
    faults += [f"{name}: a price below zero" for name, price in [*u.items(), *v.items()] if price < 0]
    if sum(value for _, _, value in pairs) != total:
        faults.append("the values of the pairs do not add up to the total")
    if not faults and sum(u.values()) + sum(mentors[r].capacity * price for r, price in v.items()) != bound:
        faults.append("the prices do not add up to the bound")
    if total != bound:
        faults.append(f"the bound is {bound}, the total {total}: a better match is not ruled out")
    if not faults:
        faults = _cheap(roster, open_mentees, open_mentors, u, v, policy, today)
        faults += _said_besides(answer, Answered(roster, policy, today, {e: r for e, r, _ in pairs} | dict(fixed)))
    return faults


@dataclass(frozen=True, slots=True)
class Answered:
    """The match an answer describes."""

    roster: Roster
    policy: Policy
    today: date
    pairs: Mapping[str, str]


def _said_besides(answer: Mapping[str, Any], match: Answered) -> list[str]:
    """List what an answer says of its match, where it says it, that isn't so."""
    waiting = [e.id for e in match.roster.mentees if e.id not in match.pairs]
    really: dict[str, Any] = {"matched": len(match.pairs), "waiting": waiting}
    if answer.keys() & {"fairness", "blocking"}:  # they take a look at every pair
        really |= fairness_as_mapping(match)
    return [
        f"{name}: the answer says {answer[name]!r:.80}, the roster {found!r:.80}"
        for name, found in really.items()
        if name in answer and _in_order(answer[name]) != _in_order(found)
    ]


def _in_order(said: Any) -> Any:
    return sorted(said, key=repr) if isinstance(said, list) else said


def _pair_faults(
    roster: Roster,
    mentee: Mentee | None,
    mentor: Mentor | None,
    value: int,
    pair: tuple[str, str],
    policy: Policy,
    today: date,
) -> list[str]:
    name = f"{pair[0]} and {pair[1]}"
    if mentee is None or mentor is None:
        return [f"{name}: not both of them are in the roster and open"]
    against: list[str] = [reason.shown_to_coordinator for reason in verdict(mentee, mentor, policy).reasons]
    if pair in roster.forbidden:
        against.append("forbidden")
    if against:
        return [f"{name}: may not be made: {', '.join(against)}"]
    really = worth(mentee, mentor, policy, today, roster.kept)
    return [] if really == value else [f"{name}: worth {really}, not {value}"]


def _cheap(
    roster: Roster,
    mentees: list[Mentee],
    mentors: list[Mentor],
    u: Mapping[str, int],
    v: Mapping[str, int],
    policy: Policy,
    today: date,
) -> list[str]:
    """Find the pairs that are worth more than their two prices."""
    found: list[tuple[str, str, int]] = []
    if len(mentees) * len(mentors) <= ONE_BY_ONE:
        found = [
            (mentee.id, mentor.id, value)
            for mentee in mentees
            for mentor in mentors
            if (value := worth(mentee, mentor, policy, today, roster.kept)) > u[mentee.id] + v[mentor.id]
            and (mentee.id, mentor.id) not in roster.forbidden
            and verdict(mentee, mentor, policy).eligible
        ]
    else:
        columns = columns_of(mentees, mentors, policy, today, roster.kept, roster.forbidden)
        prices_u, prices_v = np.array([u[e.id] for e in mentees]), np.array([v[r.id] for r in mentors])
        step = max(1, BLOCK // len(mentors))
        for low in range(0, len(mentees), step):
            worths = values(columns, low, min(len(mentees), low + step))
            rows, places = np.nonzero((worths >= 0) & (worths > prices_u[low : low + step, None] + prices_v))
            found += [
                (mentees[low + i].id, mentors[j].id, int(worths[i, j])) for i, j in zip(rows, places, strict=True)
            ]
    return [f"{e} and {r}: worth {value}, more than their prices {u[e]} + {v[r]}" for e, r, value in found]
