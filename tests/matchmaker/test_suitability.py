import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker import Mentee, Mentor, Policy, Weights, suitability
from tests.matchmaker.people import mentee, mentees, mentor, mentors, policies


def points(one: Mentee, other: Mentor, policy: Policy | None = None) -> dict[str, tuple[int, int]]:
    return {part.name: (part.points, part.of) for part in suitability(one, other, policy or Policy()).parts}


@pytest.mark.parametrize(
    ("name", "of_mentee", "of_mentor", "expected"),
    [
        ("asked", {"prefers": ("m1",)}, {}, (200, 200)),
        ("asked", {"prefers": ("m2",)}, {}, (0, 200)),
        ("asked", {"prefers": ("m1", "m2", "m3")}, {}, (200, 200)),
        ("asked", {"prefers": ("m2", "m1", "m3")}, {}, (133, 200)),
        ("asked", {"prefers": ("m2", "m3", "m1")}, {}, (66, 200)),
        ("asked", {}, {}, (0, 0)),
        ("roles", {"wants": frozenset("abc")}, {"offers": frozenset("bcd")}, (200, 300)),
        ("roles", {"wants": frozenset("abcdefg")}, {"offers": frozenset("ab")}, (84, 294)),
        ("topics", {"topics": frozenset("ab")}, {"topics": frozenset("b")}, (120, 240)),
        ("situations", {}, {"situations": frozenset("b")}, (0, 0)),
        ("times", {"slots": frozenset("abcdef")}, {"slots": frozenset("abcdef")}, (80, 80)),
        ("times", {"slots": frozenset("ab")}, {"slots": frozenset("b")}, (20, 40)),
        ("ways", {"ways": frozenset("ab")}, {"ways": frozenset("b")}, (20, 40)),
        ("languages", {"languages": frozenset({"cy"})}, {"languages": frozenset({"cy", "pl"})}, (60, 60)),
        ("profession", {}, {"profession": "gp"}, (0, 60)),
        ("near", {"region": "Y1", "icb": "Q1"}, {"region": "Y1", "icb": "Q2"}, (0, 0)),
        ("near", {"region": "Y1", "icb": "Q1", "wants_near": True}, {"region": "Y1", "icb": "Q1"}, (60, 90)),
        ("apart", {"pcn": "U1", "icb": "Q1"}, {"pcn": "U2", "icb": "Q1"}, (20, 60)),
        ("apart", {"pcn": "U1"}, {"icb": "Q1"}, (0, 60)),
    ],
)
def test_each_part_counts_what_it_says(name: str, of_mentee: dict, of_mentor: dict, expected: tuple[int, int]) -> None:
    assert points(mentee(**of_mentee), mentor(**of_mentor))[name] == expected


def test_a_part_names_what_the_two_have_in_common() -> None:
    parts = suitability(mentee(topics=frozenset("ab")), mentor(topics=frozenset("bc")), Policy()).parts
    assert next(part.matched for part in parts if part.name == "topics") == frozenset("b")


@given(mentees(), mentors(), policies())
def test_the_total_is_the_sum_of_its_parts_in_whole_points(one: Mentee, other: Mentor, policy: Policy) -> None:
    found = suitability(one, other, policy)
    assert found.total == sum(part.points for part in found.parts)
    assert type(found.total) is int
    assert {part.name for part in found.parts} == set(Weights.__dataclass_fields__)
    for part in found.parts:
        assert 0 <= part.points <= part.of <= getattr(policy.weights, part.name)
        assert bool(part.matched) >= bool(part.points)


@given(
    mentees(), mentors(), policies(), st.sampled_from(["offers", "situations", "topics", "slots", "ways", "languages"])
)
def test_who_offers_more_never_suits_less(one: Mentee, other: Mentor, policy: Policy, offer: str) -> None:
    more = replace(other, **{offer: getattr(other, offer) | {"guide", "money", "mon-am", "phone", "cy", "merger"}})
    assert suitability(one, more, policy).total >= suitability(one, other, policy).total


@given(mentees(), mentors(), policies())
def test_being_asked_for_by_name_adds_exactly_its_weight(one: Mentee, other: Mentor, policy: Policy) -> None:
    asked, not_asked = replace(one, prefers=(other.id,)), replace(one, prefers=())
    gain = suitability(asked, other, policy).total - suitability(not_asked, other, policy).total
    assert gain == policy.weights.asked


def test_importing_the_package_loads_no_compiler_and_no_arrays() -> None:
    code = "import sys, matchmaker; print(sorted({'numba', 'numpy', 'django', 'openpyxl'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
