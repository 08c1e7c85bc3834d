import copy
import json
from collections.abc import Callable

import pytest

from matchmaker import Policy
from matchmaker.fairness import fairness_as_mapping
from matchmaker.match import match
from matchmaker.proof import answer_of, faults_of
from tests.matchmaker.rosters import TODAY, pool

ROSTER = pool(25, 10)
FOUND = match(ROSTER, Policy(), TODAY)
ANSWER = json.loads(json.dumps(answer_of(FOUND) | fairness_as_mapping(FOUND)))


def test_an_answer_survives_being_written_down_and_is_proved() -> None:
    assert faults_of(ROSTER, ANSWER) == []


def lower(answer: dict) -> None:
    name = max(answer["mentor_price"], key=answer["mentor_price"].get)
    answer["mentor_price"][name] -= 1


def raise_total(answer: dict) -> None:
    answer["total"] += 1


def raise_both(answer: dict) -> None:
    answer["total"] += 1
    answer["bound"] += 1


def drop_pair(answer: dict) -> None:
    answer["total"] -= answer["pairs"].pop()[2]


def double(answer: dict) -> None:
    answer["pairs"].append(answer["pairs"][0])


def stranger(answer: dict) -> None:
    answer["pairs"].append(["nobody", "m1", 0])


def dearer(answer: dict) -> None:
    answer["pairs"][0][2] += 5
    answer["total"] += 5
    answer["bound"] += 5


def negative(answer: dict) -> None:
    name = min(answer["mentee_price"], key=answer["mentee_price"].get)
    answer["mentee_price"][name] = -3


def price_missing(answer: dict) -> None:
    answer["mentee_price"].popitem()


def fixes(answer: dict) -> None:
    answer["fixed"] = [["e1", "m1"]]


def other_policy(answer: dict) -> None:
    answer["policy"]["weights"]["roles"] += 30


def wrong_shape(answer: dict) -> None:
    answer["total"] = 3.0


def bad_policy(answer: dict) -> None:
    answer["policy"] = {"floor": -1}


def better_floor(answer: dict) -> None:
    answer["fairness"]["floor"] += 1


def shorter_wait(answer: dict) -> None:
    answer["fairness"]["longest_wait"] -= 1


def hides_blocking(answer: dict) -> None:
    answer["blocking"].pop()


def invents_blocking(answer: dict) -> None:
    answer["blocking"].append(["e1", "m1", 5])


def no_blocking(answer: dict) -> None:
    answer["blocking"] = None


def nobody_waits(answer: dict) -> None:
    answer["waiting"] = []


def more_matched(answer: dict) -> None:
    answer["matched"] += 1


@pytest.mark.parametrize(
    "tamper",
    [
        better_floor,
        shorter_wait,
        hides_blocking,
        invents_blocking,
        no_blocking,
        nobody_waits,
        more_matched,
        lower,
        raise_total,
        raise_both,
        drop_pair,
        double,
        stranger,
        dearer,
        negative,
        price_missing,
        fixes,
        other_policy,
        wrong_shape,
        bad_policy,
    ],
)
def test_whatever_is_changed_in_an_answer_is_found(tamper: Callable[[dict], None]) -> None:
    answer = copy.deepcopy(ANSWER)
    tamper(answer)
    assert faults_of(ROSTER, answer)


def test_what_is_not_said_is_not_missed_and_the_order_of_what_is_does_not_matter() -> None:
    plain = {name: said for name, said in ANSWER.items() if name not in ("fairness", "blocking", "waiting")}
    assert faults_of(ROSTER, plain) == []
    assert len(ANSWER["blocking"]) > 1
    assert faults_of(ROSTER, ANSWER | {"blocking": ANSWER["blocking"][::-1]}) == []


def test_an_answer_that_is_not_the_best_is_not_proved() -> None:
    weaker = answer_of(match(ROSTER, Policy(), TODAY))
    gone = weaker["pairs"].pop()
    weaker["total"] -= gone[2]
    weaker["bound"] = weaker["total"]
    assert faults_of(ROSTER, weaker)


def test_a_large_roster_is_checked_by_blocks_and_a_cheap_pair_is_found() -> None:
    roster = pool(260, 120)
    answer = answer_of(match(roster, Policy(), TODAY))
    assert faults_of(roster, answer) == []
    name = max(answer["mentee_price"], key=answer["mentee_price"].get)
    answer["mentee_price"][name] -= 1
    answer["bound"] -= 1
    found = faults_of(roster, answer)
    assert any("a better match is not ruled out" in fault for fault in found)
