"""The figures of fairness, against every pair judged by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matchmaker import Policy, suitability, verdict
from matchmaker.fairness import Fairness, blocking_pairs, fairness
from matchmaker.match import Match, leave, match
from matchmaker.report import report
from matchmaker.roster import Roster, open_people
from tests.matchmaker.people import TODAY, mentee, mentor
from tests.matchmaker.rosters import pool


def by_hand(found: Match) -> set[tuple[str, str, int]]:
    """The blocking pairs, by the words of their definition."""
    roster, policy = found.roster, found.policy
    mentees, mentors = open_people(roster)
    suits = {(e.id, r.id): suitability(e, r, policy).total for e in mentees for r in mentors}
    fixed = dict(roster.fixed)
    blocking = set()
    for e in mentees:
        for r in mentors:
            pair = (e.id, r.id)
            theirs = [suits[other, r.id] for other, m in found.pairs.items() if m == r.id and other not in fixed]
            may = verdict(e, r, policy).eligible and pair not in roster.forbidden and r.capacity > 0
            mine = suits[e.id, found.pairs[e.id]] if e.id in found.pairs else -1
            if may and suits[pair] > mine and (len(theirs) < r.capacity or suits[pair] > min(theirs)):
                blocking.add((*pair, suits[pair]))
    return blocking


def told(found: Match) -> set[tuple[str, str, int]]:
    return {(one.mentee, one.mentor, one.suits) for one in blocking_pairs(found)}


@pytest.mark.parametrize("seed", range(10))
def test_blocking_pairs_are_all_who_would_rather_have_each_other(seed: int) -> None:
    roster = pool(40, 14, seed)
    plain = match(roster, Policy(floor=100), TODAY)
    some = sorted(plain.pairs.items())
    kept, fixed, forbidden = frozenset(some[:5]), frozenset(some[5:8]), frozenset(some[8:12])
    settled = match(replace(roster, kept=kept, fixed=fixed, forbidden=forbidden), Policy(keep=500), TODAY)
    assert told(plain) == by_hand(plain)
    assert told(settled) == by_hand(settled)
    gone = leave(plain, mentees=[some[0][0]], mentors=[some[1][1]])
    assert told(gone) == by_hand(gone)
    assert told(plain) or told(settled)


def test_those_who_waited_long_are_why_two_would_rather_have_each_other() -> None:
    long = mentee(id="long", asked_on=TODAY - timedelta(days=300), topics=frozenset({"a", "b"}))
    new = mentee(id="new", member="p3", asked_on=TODAY, topics=frozenset({"a"}))
    found = match(Roster((long, new), (mentor(topics=frozenset({"a"})),)), Policy(), TODAY)
    assert found.pairs == {"long": "m1"}
    suits = suitability(new, found.roster.mentors[0], found.policy).total
    assert told(found) == {("new", "m1", suits)}
    assert fairness(found).longest_wait == 0
    words = "\n".join(report(found))
    assert f"1, who would suit one another better than those they have; first new and m1 ({suits})" in words


def test_two_kept_from_a_free_place_by_the_bonus_are_told() -> None:
    one = mentee(topics=frozenset({"a"}))
    mentors = (mentor(), mentor(id="m2", member="p3", topics=frozenset({"a"})))
    found = match(Roster((one,), mentors, kept=frozenset({("e1", "m1")})), Policy(keep=1000), TODAY)
    assert found.pairs == {"e1": "m1"}
    assert {pair[:2] for pair in told(found)} == {("e1", "m2")}


def test_the_table_counts_the_pairs_chosen_and_those_left_out() -> None:
    mentees = tuple(mentee(id=f"e{k}", member=f"e{k}", topics=frozenset({"a", f"t{k % 3}"})) for k in range(45))
    mentees = (replace(mentees[0], profession="gp"), *mentees[1:])
    mentors = tuple(mentor(id=f"m{k}", member=f"m{k}", topics=frozenset({f"t{k % 2}"})) for k in range(41))
    roster = Roster(mentees, mentors, fixed=frozenset({("e0", "m1")}))
    found = match(roster, Policy(), TODAY)
    people, offers = {e.id: e for e in mentees}, {r.id: r for r in mentors}
    suits = sorted(
        suitability(people[e], offers[r], found.policy).total for e, r in found.pairs.items() if (e, r) != ("e0", "m1")
    )
    days = (TODAY - mentees[0].asked_on).days
    assert len(suits) == 40
    assert suitability(mentees[0], mentors[1], found.policy).total < suits[0] < suits[-1]
    assert fairness(found) == Fairness(45, 41, suits[0], suits[1], days)


def test_nobody_and_everybody_have_a_fairness() -> None:
    nobody = match(Roster((), ()), Policy(), TODAY)
    assert fairness(nobody) == Fairness(0, 0, None, None, None)
    assert told(nobody) == set()
    words = "\n".join(report(nobody))
    assert "no pairs" in words
    assert "nobody waits" in words
    assert "no two would rather have each other" in words
