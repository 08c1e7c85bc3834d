import pytest
from hypothesis import given

from matchmaker import Policy, PolicyError
from tests.matchmaker.people import policies


@given(policies())
def test_a_policy_survives_being_written_down(policy: Policy) -> None:
    assert Policy.from_mapping(policy.as_mapping()) == policy


def test_what_is_left_out_keeps_its_default() -> None:
    policy = Policy.from_mapping({"floor": 120, "weights": {"roles": 500}})
    assert policy.floor == 120
    assert policy.weights.roles == 500
    assert policy.weights.topics == Policy().weights.topics
    assert policy.version == Policy().version


def test_every_error_is_told_at_once() -> None:
    with pytest.raises(PolicyError) as refused:
        Policy.from_mapping(
            {
                "version": "",
                "hard": ["icb", "planet"],
                "floor": -1,
                "matched": 0,
                "keep": 1.5,
                "enough_times": True,
                "bonus": 3,
                "weights": {"roles": 10**9, "hair": 1},
            }
        )
    about = {error.split(":")[0] for error in refused.value.errors}
    assert about == {
        "version",
        "hard",
        "floor",
        "matched",
        "keep",
        "enough_times",
        "bonus",
        "weights.roles",
        "weights.hair",
    }


@pytest.mark.parametrize("wrong", [{"weights": 3}, {"hard": "icb"}, {"hard": [1]}, {"version": 2}])
def test_a_wrong_shape_is_refused_in_words(wrong: dict) -> None:
    with pytest.raises(PolicyError):
        Policy.from_mapping(wrong)


@pytest.mark.parametrize(("days", "expected"), [(-3, 0), (0, 0), (10, 20), (365, 730), (4000, 730)])
def test_waiting_counts_by_the_day_up_to_its_cap(days: int, expected: int) -> None:
    assert Policy().waiting(days) == expected
