import itertools
import random
from dataclasses import replace
from datetime import timedelta

import pytest

from matchmaker import Policy, verdict
from matchmaker.explain import explain, explain_pair, refusals
from matchmaker.match import Match, match, rematch, what_if
from matchmaker.proof import answer_of, faults_of
from matchmaker.roster import Roster, RosterError, worth
from tests.matchmaker.people import mentee, mentor
from tests.matchmaker.rosters import TODAY, pool

PLAIN = Policy()


def brute(roster: Roster, policy: Policy = PLAIN) -> int:
    """The best total there is, by trying every answer."""
    choices = [
        [None, *(r for r in roster.mentors if verdict(e, r, policy).eligible and (e.id, r.id) not in roster.forbidden)]
        for e in roster.mentees
    ]
    best = 0
    for answer in itertools.product(*choices):
        loads = {r.id: sum(r is other for other in answer) for r in answer if r}
        if all(loads[r.id] <= r.capacity for r in answer if r):
            values = (worth(e, r, policy, TODAY, roster.kept) for e, r in zip(roster.mentees, answer, strict=True) if r)
            best = max(best, sum(values))
    return best


def made(roster: Roster, policy: Policy = PLAIN) -> Match:
    found = match(roster, policy, TODAY)
    assert faults_of(roster, answer_of(found)) == []
    return found


@pytest.mark.parametrize("seed", range(25))
def test_no_answer_is_better(seed: int) -> None:
    roster = pool(5, 4, seed)
    assert made(roster).total == brute(roster)


@pytest.mark.parametrize("sizes", [(0, 0), (0, 3), (3, 0), (1, 1)])
def test_an_empty_side_matches_nobody(sizes: tuple[int, int]) -> None:
    roster = pool(*sizes, 1)
    assert len(made(roster).pairs) <= min(sizes)


def test_everyone_is_matched_or_waits_and_no_mentor_is_overfull() -> None:
    roster = pool(60, 20)
    found = made(roster)
    assert {*found.pairs, *found.waiting} == {e.id for e in roster.mentees}
    assert set(found.pairs).isdisjoint(found.waiting)
    load = list(found.pairs.values())
    assert all(load.count(r.id) <= r.capacity for r in roster.mentors)


def test_a_fixed_pair_is_made_and_takes_a_place() -> None:
    roster = Roster(
        (mentee(), mentee(id="e2", member="p9", prefers=("m1",))), (mentor(),), fixed=frozenset({("e1", "m1")})
    )
    found = made(roster)
    assert found.pairs == {"e1": "m1"}
    assert found.waiting == ("e2",)


def test_a_fixed_pair_that_may_not_be_is_refused_without_telling_an_exclusion() -> None:
    shunning = mentee(shuns=frozenset({"x"}))
    roster = Roster((shunning,), (mentor(known_as=frozenset({"x"})),), fixed=frozenset({("e1", "m1"), ("e1", "m2")}))
    with pytest.raises(RosterError) as refused:
        match(roster, PLAIN, TODAY)
    assert refused.value.errors == (
        "fixed mentee e1: appears more than once",
        "fixed pair e1 and m1: not_available",
        "fixed pair e1 and m2: not in the roster",
    )


def test_a_forbidden_pair_is_not_made() -> None:
    roster = Roster((mentee(),), (mentor(),), forbidden=frozenset({("e1", "m1")}))
    assert made(roster).waiting == ("e1",)


def test_under_the_floor_no_pair_is_made() -> None:
    roster = Roster((mentee(),), (mentor(),))
    assert made(roster, Policy(floor=60)).pairs == {"e1": "m1"}
    assert made(roster, Policy(floor=61)).pairs == {}


def test_who_waited_longest_goes_first_but_waiting_never_chooses_the_mentor() -> None:
    late, early = mentee(), mentee(id="e2", member="p3", asked_on=TODAY - timedelta(days=90))
    one, other = mentor(topics=frozenset("a")), mentor(id="m2", member="p4")
    assert made(Roster((late, early), (one,))).pairs == {"e2": "m1"}
    wishes = replace(late, topics=frozenset("a"))
    assert made(Roster((wishes, early), (one, other))).pairs == {"e1": "m1", "e2": "m2"}


def test_the_bonus_keeps_two_together_until_something_better_outweighs_it() -> None:
    one, other = mentor(), mentor(id="m2", member="p4", topics=frozenset("a"))
    kept = Roster((mentee(topics=frozenset("a")),), (one, other), kept=frozenset({("e1", "m1")}))
    assert made(kept, Policy(keep=300)).pairs == {"e1": "m1"}
    assert made(kept, Policy(keep=200)).pairs == {"e1": "m2"}


def test_the_order_in_which_mentors_are_named_decides_between_them() -> None:
    mentors = tuple(mentor(id=f"m{k}", member=f"m{k}") for k in range(3))
    for named in itertools.permutations(["m0", "m1", "m2"]):
        assert made(Roster((mentee(prefers=named),), mentors)).pairs == {"e1": named[0]}
        two = (mentee(prefers=named, asked_on=TODAY), mentee(id="e2", member="p3", prefers=(named[0],)))
        assert made(Roster(two, mentors)).pairs == {"e1": named[1], "e2": named[0]}


def test_ids_that_repeat_are_refused() -> None:
    with pytest.raises(RosterError, match="mentee e1: appears more than once"):
        match(Roster((mentee(), mentee()), ()), PLAIN, TODAY)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_the_roster_does_not_matter(seed: int) -> None:
    # Few differences between people, so that many answers are equally good.
    roster = Roster(
        tuple(mentee(id=f"e{k}", member=f"p{k}", topics=frozenset("ab"[k % 2])) for k in range(14)),
        tuple(mentor(id=f"m{k}", member=f"q{k}", topics=frozenset("ab"[k % 2])) for k in range(9)),
    )
    asks, offers = list(roster.mentees), list(roster.mentors)
    random.Random(seed).shuffle(asks)
    random.Random(seed + 100).shuffle(offers)
    assert made(Roster(tuple(asks), tuple(offers))).pairs == made(roster).pairs


@pytest.mark.parametrize("seed", range(8))
def test_what_a_change_would_cost_is_exactly_what_it_costs(seed: int) -> None:
    roster = pool(8, 5, seed)
    found = made(roster)
    for one in explain(found, most=9):
        for other in one.alternatives:
            fixed = replace(roster, fixed=frozenset({(one.mentee, other.mentor)}))
            value = next(
                worth(e, r, PLAIN, TODAY)
                for e in roster.mentees
                for r in roster.mentors
                if (e.id, r.id) == (one.mentee, other.mentor)
            )
            assert other.value == value
            assert other.cost == found.total - made(fixed).total - value
            after, cost = what_if(found, fix=[(one.mentee, other.mentor)])
            assert cost == other.cost
            assert after.pairs == made(fixed).pairs
        if one.mentor:
            pair = (one.mentee, one.mentor)
            after, cost = what_if(found, forbid=[pair])
            assert after.pairs == made(replace(roster, forbidden=frozenset({pair}))).pairs
            assert cost == found.total - after.total >= 0


def test_two_people_swap_at_an_exact_cost() -> None:
    found = made(pool(12, 8, 3))
    swaps = [
        [(a, found.pairs[b]), (b, found.pairs[a])]
        for a, b in itertools.combinations(found.pairs, 2)
        if found.pairs[a] != found.pairs[b]
    ]
    tried = 0
    for swap in swaps:
        try:
            after, cost = what_if(found, fix=swap)
        except RosterError:
            continue
        tried += 1
        assert cost >= 0
        assert dict(swap).items() <= after.pairs.items()
    assert tried


@pytest.mark.parametrize("seed", range(6))
def test_a_match_after_people_came_and_went_is_the_match_of_those_who_are_there(seed: int) -> None:
    before = made(pool(30, 12, seed))
    roster = before.roster
    new = replace(roster.mentees[0], id="new", member="new")
    changed = Roster((*roster.mentees[3:], new), roster.mentors[1:])
    after = rematch(before, changed)
    assert after.pairs == made(changed).pairs
    assert after.total == made(changed).total


def test_why_not_tells_no_exclusion() -> None:
    shunning = mentee(shuns=frozenset({"x"}))
    found = made(Roster((shunning,), (mentor(known_as=frozenset({"x"})), mentor(id="m2", member="p8", capacity=0))))
    assert refusals(found, shunning) == {"not_available": 2}
    assert explain_pair(found, shunning, found.roster.mentors[0]).cost is None


def test_explanations_say_how_many_mentors_are_possible() -> None:
    found = made(pool(20, 10))
    people = {e.id: e for e in found.roster.mentees}
    for one in explain(found):
        assert one.possible == sum(verdict(people[one.mentee], r, PLAIN).eligible for r in found.roster.mentors)
