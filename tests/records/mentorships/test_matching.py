"""The adapter: rows become the matchmaker's people, in a fixed number of queries."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from ithaca.records.members.actions import private_lists
from ithaca.records.members.models import Area, MentorStanding, Placement
from ithaca.records.members.offers import Offer
from ithaca.records.members.private_lists import Entry
from ithaca.records.mentorships.pairing.actions import clear_candidate, introductions
from ithaca.records.mentorships.pairing.queries import candidates, score_parts
from ithaca.records.stages import Party
from tests.cast import NOW, Cast, keyring_of, make_cast, make_mentor
from tests.records.mentorships.pairs import (
    accept_as_mentor,
    another_member,
    another_mentor,
    asked,
    fresh,
    offered,
    wait,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def only_mentor(cast: Cast):
    (mentor,) = candidates.pool_for(cast.scheme, NOW).mentors
    return mentor


def test_a_request_and_an_offer_become_people(cast):
    request = wait(cast, wants_near=True)
    pool = candidates.pool_for(cast.scheme, NOW)
    (mentee,), (mentor,) = pool.mentees, pool.mentors
    assert (mentee.id, mentee.member, mentor.id) == (str(request.pk), str(cast.mentee.pk), str(cast.standing.pk))
    assert (mentee.asked_on, mentee.wants_near) == (request.asked_on, True)
    assert mentee.wants == {"guide", "challenger"}
    assert mentee.situations == {"new_in_post"}
    assert (mentor.offers, mentor.situations) == ({"guide", "sounding_board"}, {"new_in_post", "under_pressure"})
    assert (mentee.sub_icb, mentee.icb, mentee.region, mentee.pcn) == ("QZ1S", "QZ1", "Y99", None)
    assert pool.policy.version == "standard-1"


def test_areas_are_those_of_the_day(cast):
    wait(cast)
    old = Placement.objects.get(organisation="Z90001", area="QZ1")
    old.until = NOW.date()
    old.save()
    Area.objects.create(code="QNEW", kind="icb")
    Placement.objects.create(organisation_id="Z90001", area_id="QNEW", since=NOW.date())
    Placement.objects.create(organisation_id="Z90001", area_id="QZ1", since=date(2027, 6, 1))
    assert candidates.pool_for(cast.scheme, NOW).mentees[0].icb == "QNEW"
    assert candidates.pool_for(cast.scheme, NOW - timedelta(days=1)).mentees[0].icb == "QZ1"


def test_offers_and_mentorships_take_places(cast):
    assert only_mentor(cast).capacity == 2
    introduction = asked(cast)
    assert only_mentor(cast).capacity == 1
    accept_as_mentor(introduction)
    assert only_mentor(cast).capacity == 1
    propose_another(cast)
    assert only_mentor(cast).capacity == 0


def propose_another(cast: Cast) -> None:
    second = wait(cast, another_member(cast.scheme, "Ivy Cole", "Z90011"))
    introductions.propose(second, cast.standing, Party.COORDINATOR, actor=cast.coordinator.pk, at=NOW, form=uuid4())


@pytest.mark.parametrize("stage", ["on_leave", "paused", "suspended", "retired"])
def test_a_mentor_who_is_away_is_away(cast, stage):
    MentorStanding.objects.update(stage=stage)
    assert only_mentor(cast).away == stage


def test_a_mentor_whose_membership_has_lapsed_takes_nobody_new(cast):
    cast.mentor_member.stage = "lapsed"
    cast.mentor_member.save()
    assert not only_mentor(cast).available


def test_those_still_being_checked_are_not_in_the_pool_and_keep_their_date(cast):
    wait(cast, another_member(cast.scheme, "Ivy Cole", "Z90011", stage="verifying"))
    assert candidates.pool_for(cast.scheme, NOW).mentees == ()


@pytest.mark.parametrize("whose", ["mentee", "mentor"])
def test_a_private_exclusion_on_either_side_reads_as_not_available(cast, whose):
    keeper, other = (cast.mentee, cast.mentor) if whose == "mentee" else (cast.mentor, cast.mentee)
    private_lists.add(keeper, keyring_of(keeper), Entry(id=str(uuid4()), email=other.email))
    request = wait(cast)
    (row,) = candidates.candidates(request, NOW).refused
    assert row.reasons == ("not_available",)
    MentorStanding.objects.update(stage="on_leave")
    (away,) = candidates.candidates(request, NOW).refused
    assert score_parts.words(row.reasons) == score_parts.words(away.reasons) == ("Not available",)


def test_every_reason_is_given_and_every_reason_has_words(cast):
    cast.mentor_member.organisation = cast.mentee_member.organisation
    cast.mentor_member.save()
    request = wait(cast, slots=("fri-eve",), ways=("in_person",))
    (row,) = candidates.candidates(request, NOW).refused
    assert row.reasons == ("same_organisation", "no_common_time", "no_common_way")
    shown = {reason.shown_to_coordinator for reason in candidates.Reason}
    assert all(score_parts.words([reason]) for reason in shown)


def test_candidates_are_sorted_by_suitability_and_say_why(cast):
    better = Offer(
        roles=("guide", "challenger"),
        topics=("staff",),
        reasons=("new_in_post",),
        slots=("mon-am",),
        ways=("video",),
        languages=("en",),
    )
    best = make_mentor(another_member(cast.scheme, "Nia Ward", "Z90010"), offer=better)
    found = candidates.candidates(wait(cast), NOW)
    assert [row.standing for row in found.eligible] == [best, cast.standing]
    assert "They can be your guide and challenger." in score_parts.why(found.eligible[0].suitability.parts)


def test_a_mentor_asked_for_by_name_comes_first(cast):
    another_mentor(cast.scheme, "Nia Ward", "Z90010")
    found = candidates.candidates(wait(cast, prefers=cast.standing.pk), NOW)
    assert found.eligible[0].standing == cast.standing


def test_a_mentor_of_another_scheme_is_no_candidate(cast):
    other = another_mentor(cast.other_scheme, "Nia Ward", "Z90010")
    request = wait(cast)
    assert candidates.candidate(request, other, NOW) is None
    assert candidates.standing_in(cast.scheme, other.pk) is None
    with pytest.raises(clear_candidate.NotPossible):
        introductions.propose(request, other, Party.COORDINATOR, actor=cast.coordinator.pk, at=NOW, form=uuid4())


def test_the_policy_of_the_scheme_decides(cast):
    cast.scheme.matching_policy = {"version": "strict-2", "hard": ["icb"]}
    cast.scheme.save()
    request = fresh(wait(cast))
    Placement.objects.filter(organisation="Z90002", area="QZ2").update(area="QZ1")
    found = candidates.candidates(request, NOW)
    assert found.rules_version == "strict-2"
    assert "same_icb" in found.refused[0].reasons


def test_the_pool_costs_the_same_however_large(cast, django_assert_num_queries, django_assert_max_num_queries):
    offered(cast)

    def cost() -> int:
        with django_assert_max_num_queries(20) as counted:
            candidates.pool_for(cast.scheme, NOW)
        return len(counted)

    wait(cast, another_member(cast.scheme, "Person 0", "Z91000"))
    private_lists.add(cast.mentee, keyring_of(cast.mentee), Entry(id=str(uuid4()), email="someone@else.example"))
    one = cost()
    for n in range(1, 3):
        wait(cast, another_member(cast.scheme, f"Person {n}", f"Z9100{n}"))
        another_mentor(cast.scheme, f"Mentor {n}", f"Z9200{n}")
    with django_assert_num_queries(one):
        candidates.pool_for(cast.scheme, NOW)
