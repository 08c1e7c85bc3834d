"""The honest wait: a range of comparable people, said steadily or not at all; and a person who says when it fails."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.mentorships.pairing import jobs
from ithaca.records.mentorships.pairing.actions import alternatives
from ithaca.records.mentorships.pairing.actions.requests import CannotAsk
from ithaca.records.mentorships.pairing.queries.waits import comparable, in_words, ranges_of, supply_of, to_tell
from ithaca.records.mentorships.rules import waits
from ithaca.records.mentorships.rules.waits import EDGES, MARGIN, Range, percentile, steadied, unlikely
from ithaca.records.schemes.models import PublishedWait
from ithaca.records.stages import Impossible
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, TODAY, Cast, make_cast, make_scheme
from tests.records.mentorships.pairs import another_member, another_mentor, ask, fresh, propose, wait

DAY = timedelta(days=1)
DAYS = st.integers(0, 700)
enough = st.lists(DAYS, min_size=5, max_size=60)
ranges = st.tuples(st.sampled_from(EDGES), st.sampled_from(EDGES)).map(lambda pair: Range(min(pair), max(pair)))


@settings(deadline=None)
@given(st.none() | ranges, st.lists(DAYS, max_size=4))
def test_of_fewer_than_five_nothing_is_said(said, days):
    assert steadied(said, days) is None


@settings(deadline=None)
@given(st.none() | ranges, enough)
def test_what_is_said_holds_most_people_and_is_made_of_few_numbers(said, days):
    found = steadied(said, days)
    assert found.low <= found.high
    assert {found.low, found.high} <= set(EDGES)
    assert found.low * 7 - MARGIN <= percentile(days, waits.LEAST)
    assert percentile(days, waits.MOST) <= found.high * 7 + MARGIN
    inside = [day for day in days if found.low * 7 - MARGIN <= day <= found.high * 7 + MARGIN]
    assert len(inside) >= 0.6 * len(days)


@settings(deadline=None)
@given(enough, st.lists(st.integers(0, MARGIN), min_size=1, max_size=20))
def test_a_wobble_of_three_days_changes_what_is_said_not_once(days, wobbles):
    said = steadied(None, days)
    for wobble in wobbles:
        assert steadied(said, [day + wobble for day in days]) == said


@settings(deadline=None)
@given(st.none() | ranges, enough)
def test_looking_again_at_the_same_changes_nothing(said, days):
    found = steadied(said, days)
    assert steadied(found, days) == found


@settings(deadline=None)
@given(enough, st.integers(3, 100))
def test_the_order_of_people_and_their_copies_do_not_matter(days, times):
    assert steadied(None, days) == steadied(None, sorted(days) * times)


@settings(deadline=None)
@given(st.integers(0, 400), st.none() | ranges, st.integers(0, 9), st.integers(0, 9))
def test_who_ought_to_be_told_stays_to_be_told_and_is_told_by_the_day(days, said, ahead, places):
    asked_on = TODAY - timedelta(days=days)
    if unlikely(asked_on, TODAY, said, ahead, places):
        assert unlikely(asked_on, TODAY + DAY, said, ahead + 1, places)
    assert unlikely(asked_on, waits.stated_by(asked_on, said), said, ahead, places)


# --- with people ----------------------------------------------------------------------------------


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def introduced(cast: Cast, days: list[int], at=NOW) -> list[MentoringRequest]:
    """People who were introduced that many days after asking, each by now."""
    found = []
    for number, waited in enumerate(days):
        member = another_member(cast.scheme, f"Waiter {number} {waited}", f"W{number:02}{waited:03}"[:8])
        request = wait(cast, member, at - timedelta(days=waited), story="")
        introduction = propose(cast, request, another_mentor(cast.scheme, f"M {number}", f"M{number:02}{waited}"), at)
        assert introduction.offered_at == at
        found.append(fresh(request))
    return found


def test_four_people_are_too_few_and_the_fifth_lets_it_be_said(cast):
    introduced(cast, [7, 10, 20, 30])
    assert jobs.say_waits(NOW) == 2, "one profession in each of two schemes"
    assert ranges_of(cast.scheme) == {"practice_manager": None}
    assert "can't say yet" in in_words(None)
    member = another_member(cast.scheme, "The fifth", "W99")
    propose(cast, wait(cast, member, NOW - 14 * DAY), another_mentor(cast.scheme, "Fifth mentor", "M99"))
    assert [jobs.say_waits(at) for at in (NOW, NOW + DAY, NOW + DAY)] == [0, 1, 0], "it is looked at once a day"
    assert ranges_of(cast.scheme) == {"practice_manager": Range(1, 3)}
    assert PublishedWait.objects.get(scheme=cast.scheme).since == TODAY + DAY


def test_who_is_comparable(cast):
    rows = introduced(cast, [5, 6, 7, 8])
    assert sorted(comparable(cast.scheme, "practice_manager", NOW)) == [5, 6, 7, 8]
    assert comparable(cast.scheme, "gp", NOW) == []
    assert comparable(make_scheme("other"), "practice_manager", NOW) == []
    assert len(comparable(cast.scheme, "practice_manager", NOW + 179 * DAY)) == 4
    assert comparable(cast.scheme, "practice_manager", NOW + 180 * DAY) == [], "only those of the last while"
    MentoringRequest.objects.filter(pk=rows[0].pk).update(one_off=True)
    assert sorted(comparable(cast.scheme, "practice_manager", NOW)) == [6, 7, 8]
    second = Introduction.objects.get(request=rows[1])
    Introduction.objects.filter(pk=second.pk).update(stage="expired")
    MentoringRequest.objects.filter(pk=rows[1].pk).update(stage="waiting")
    propose(cast, fresh(rows[1]), another_mentor(cast.scheme, "Later", "M77"), NOW + 9 * DAY)
    assert sorted(comparable(cast.scheme, "practice_manager", NOW + 10 * DAY)) == [6, 7, 8], "the first one counts"


def test_todays_supply_counts_free_places_and_everyone_who_waits(cast):
    before = supply_of(cast.scheme)
    wait(cast)
    ask(another_member(cast.scheme, "Just in", "W50"))
    now = supply_of(cast.scheme)
    assert (before.places, before.waiting) == (2, 0)
    assert (now.places, now.waiting) == (2, 2)


def lines(cast: Cast, today=TODAY, but=None) -> list:
    return [line.pk for line in to_tell(cast.scheme, but or uuid4(), 0, 9, today).lines]


def test_someone_to_tell_stands_at_the_desk_once_the_day_has_come_and_no_longer_when_told(cast):
    request = wait(cast)
    by = waits.stated_by(TODAY, None)
    assert lines(cast, by - DAY) == [], "a place is free for them until then"
    assert lines(cast, by) == [request.pk]
    assert lines(cast, by, but=cast.mentee.pk) == [], "nobody handles their own"
    assert to_tell(cast.scheme, uuid4(), 0, 9, by).lines[0].due == by
    form = uuid4()
    told = [alternatives.say_unlikely(request, actor=cast.coordinator.pk, at=NOW, form=form) for _ in range(2)]
    assert told == [True, False]
    assert lines(cast, by) == []
    assert fresh(request).escalated_on == TODAY
    letter = OutboxLetter.objects.get(kind="nobody_likely")
    assert f"/requests/{request.pk}/alternatives/" in letter.text
    assert fresh(request).asked_on == TODAY, "the place stays"


def test_with_no_place_free_it_is_said_two_weeks_before(cast):
    cast.standing.capacity = 0
    cast.standing.save()
    request = wait(cast)
    soon = waits.stated_by(TODAY, None) - 14 * DAY
    assert (lines(cast, soon - DAY), lines(cast, soon)) == ([], [request.pk])


def test_only_one_who_waits_is_told(cast):
    with pytest.raises(Impossible):
        alternatives.say_unlikely(ask(cast.mentee_member), actor=cast.coordinator.pk, at=NOW, form=uuid4())


@pytest.mark.parametrize("code", ["wait", "one_off", "groups", "networks"])
def test_whatever_is_chosen_the_place_stays(cast, code):
    request, form = wait(cast), uuid4()
    done = [alternatives.choose(request, code, actor=cast.mentee.pk, at=NOW, form=form) for _ in range(2)]
    assert done == [True, False]
    row = fresh(request)
    assert (row.stage, row.asked_on, row.alternative, row.one_off) == ("waiting", TODAY, code, code == "one_off")


def test_who_asked_for_one_conversation_still_does_after_choosing_to_wait(cast):
    request = wait(cast)
    MentoringRequest.objects.update(one_off=True)
    alternatives.choose(request, "wait", actor=cast.mentee.pk, at=NOW, form=uuid4())
    assert fresh(request).one_off


def test_a_neighbouring_scheme_gets_the_chosen_answers_and_never_the_story(cast):
    there = make_scheme("nearby", topics=["finance"])
    strange = make_scheme("strange", professions=["gp"])
    request, form = wait(cast), uuid4()
    assert [scheme.slug for scheme in alternatives.neighbours(cast.scheme, "practice_manager")] == [
        "nearby",
        "neighbours",
    ]
    made = {alternatives.ask_elsewhere(request, there, at=NOW, form=form).pk for _ in range(2)}
    assert len(made) == 1
    row = MentoringRequest.objects.get(pk=made.pop())
    assert (row.stage, row.membership.scheme, row.story, row.asked_on) == ("draft", there, None, None)
    assert (fresh(request).stage, fresh(request).alternative) == ("waiting", "neighbour")
    with pytest.raises(ValueError, match="neighbour"):
        alternatives.ask_elsewhere(request, strange, at=NOW, form=uuid4())


def test_a_scheme_that_has_turned_someone_down_is_not_asked_again_by_the_back_door(cast):
    request = wait(cast)
    there = make_scheme("nearby")
    member = request.membership
    type(member).objects.create(scheme=there, user=member.user, stage="suspended", profession="practice_manager")
    with pytest.raises(CannotAsk):
        alternatives.ask_elsewhere(request, there, at=NOW, form=uuid4())
    assert fresh(request).alternative == "", "nothing is kept of what could not be done"
    assert MentoringRequest.objects.filter(membership__scheme=there).count() == 0
