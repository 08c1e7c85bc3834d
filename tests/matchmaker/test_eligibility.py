from dataclasses import replace

import pytest
from hypothesis import given

from matchmaker import Away, Mentee, Mentor, Policy, Reason, independence, suitability, verdict
from tests.matchmaker.people import mentee, mentees, mentor, mentors, policies

PLAIN = Policy()


def reasons(one: Mentee, other: Mentor, policy: Policy = PLAIN) -> tuple[Reason, ...]:
    return verdict(one, other, policy).reasons


def test_two_strangers_may_meet() -> None:
    assert verdict(mentee(), mentor(), PLAIN).eligible


@pytest.mark.parametrize(
    ("of_mentee", "of_mentor", "reason"),
    [
        ({"scheme": "s"}, {"scheme": "t"}, Reason.OTHER_SCHEME),
        ({"member": "p"}, {"member": "p"}, Reason.SAME_PERSON),
        ({"organisation": "A81001"}, {"organisation": "A81001"}, Reason.SAME_ORGANISATION),
        ({"line_manager": frozenset({"p2"})}, {}, Reason.LINE_MANAGER),
        ({}, {"line_manager": frozenset({"p1"})}, Reason.LINE_MANAGER),
        ({"partners": frozenset({"p2"})}, {}, Reason.PARTNER),
        ({}, {"partners": frozenset({"p1"})}, Reason.PARTNER),
        ({"conflicts": frozenset({"p2"})}, {}, Reason.DECLARED_CONFLICT),
        ({"organisation": "A81001"}, {"conflicts": frozenset({"A81001"})}, Reason.DECLARED_CONFLICT),
        ({"shuns": frozenset({"x"})}, {"known_as": frozenset({"x"})}, Reason.EXCLUDED),
        ({"known_as": frozenset({"x"})}, {"shuns": frozenset({"x"})}, Reason.EXCLUDED),
        ({}, {"serves": frozenset({"gp"})}, Reason.PROFESSION_NOT_SERVED),
        ({"slots": frozenset({"mon-am"})}, {"slots": frozenset({"tue-am"})}, Reason.NO_COMMON_TIME),
        ({"ways": frozenset({"phone"})}, {"ways": frozenset({"video"})}, Reason.NO_COMMON_WAY),
        ({"declined": frozenset({"m1"})}, {}, Reason.DECLINED),
        ({}, {"capacity": 0}, Reason.FULL),
        *[({}, {"away": away}, Reason(away.value)) for away in Away],
    ],
)
def test_each_rule_alone_refuses_with_its_own_reason(of_mentee: dict, of_mentor: dict, reason: Reason) -> None:
    assert reasons(mentee(**of_mentee), mentor(**of_mentor)) == (reason,)


def test_every_reason_is_kept() -> None:
    assert reasons(
        mentee(organisation="A81001", line_manager=frozenset({"p2"}), declined=frozenset({"m1"})),
        mentor(organisation="A81001", capacity=0, away=Away.ON_LEAVE),
    ) == (Reason.SAME_ORGANISATION, Reason.LINE_MANAGER, Reason.DECLINED, Reason.FULL, Reason.ON_LEAVE)


@pytest.mark.parametrize(
    ("area", "reason"), [("pcn", Reason.SAME_PCN), ("sub_icb", Reason.SAME_SUB_ICB), ("icb", Reason.SAME_ICB)]
)
def test_an_area_in_common_refuses_only_where_the_scheme_made_it_hard(area: str, reason: Reason) -> None:
    one, other, hard = mentee(**{area: "X"}), mentor(**{area: "X"}), Policy(hard=frozenset({area}))
    assert reasons(one, other) == ()
    assert reasons(one, other, hard) == (reason,)
    assert reasons(one, replace(other, **{area: "Z"}), hard) == ()


def test_what_is_not_known_is_neither_the_same_nor_independent() -> None:
    nobody_knows = verdict(mentee(), mentor(), PLAIN)
    assert nobody_knows.eligible
    assert nobody_knows.unknown == ("organisation", "pcn", "sub_icb", "icb")
    assert reasons(mentee(), mentor(icb="Q1"), Policy(hard=frozenset({"icb"}))) == (Reason.AREA_NOT_KNOWN,)


def test_profession_is_a_rule_only_where_the_scheme_made_it_hard() -> None:
    assert reasons(mentee(), mentor(profession="gp")) == ()
    assert reasons(mentee(), mentor(profession="gp"), Policy(hard=frozenset({"profession"}))) == (
        Reason.OTHER_PROFESSION,
    )


def test_a_coordinator_cannot_tell_an_exclusion_from_a_full_mentor() -> None:
    shunned = verdict(mentee(shuns=frozenset({"x"})), mentor(known_as=frozenset({"x"})), PLAIN)
    full = verdict(mentee(), mentor(capacity=0), PLAIN)
    both = verdict(mentee(shuns=frozenset({"x"})), mentor(known_as=frozenset({"x"}), capacity=0), PLAIN)
    assert shunned.reasons != full.reasons
    assert shunned.shown_to_coordinator == full.shown_to_coordinator == both.shown_to_coordinator
    assert full.shown_to_coordinator == (Reason.NOT_AVAILABLE,)


def test_a_person_in_a_log_tells_only_their_id() -> None:
    assert repr(mentee(shuns=frozenset({"x"}), topics=frozenset({"money"}))) == "Mentee('e1')"


@given(mentees(), mentors(), policies())
def test_independence_does_not_depend_on_who_is_the_mentor(one: Mentee, other: Mentor, policy: Policy) -> None:
    assert independence(one, other, policy) == independence(other, one, policy)


@given(mentees(), mentors(), policies())
def test_eligible_means_no_reason_and_at_least_the_floor(one: Mentee, other: Mentor, policy: Policy) -> None:
    found = verdict(one, other, policy)
    assert found.eligible == (not found.reasons)
    assert (Reason.BELOW_FLOOR in found.reasons) == (suitability(one, other, policy).total < policy.floor)
    assert Reason.NOT_AVAILABLE not in found.reasons
    assert independence(one, other, policy) <= set(found.reasons)


@given(mentees(), mentors(), policies())
def test_a_further_conflict_never_removes_a_reason(one: Mentee, other: Mentor, policy: Policy) -> None:
    before = set(reasons(one, other, policy))
    after = reasons(replace(one, conflicts=one.conflicts | {other.member}), replace(other, capacity=0), policy)
    assert before | {Reason.DECLARED_CONFLICT, Reason.FULL} == set(after)
