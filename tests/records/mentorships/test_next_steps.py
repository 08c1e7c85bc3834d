"""At every stage a card says what happens next, who acts and by when, and names nobody."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from ithaca.records.cards import Card, soonest_first
from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.mentorships.overview.queries.cards import cards
from ithaca.records.mentorships.pairing.actions import first_chats, introductions, requests
from ithaca.records.mentorships.pairing.queries.request_cards import as_mentee, as_mentor
from ithaca.records.mentorships.pairing.queries.requests import answer_due, requests_of
from ithaca.records.schemes.actions.waits import publish
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from tests.cast import NOW, TODAY, Cast, make_cast
from tests.records.mentorships.pairs import (
    accept_as_mentee,
    accept_as_mentor,
    another_member,
    ask,
    asked,
    fresh,
    offered,
    propose,
    wait,
)

pytestmark = pytest.mark.django_db
WEEK, FORTNIGHT = TODAY + timedelta(days=7), TODAY + timedelta(days=14)


@pytest.fixture
def cast() -> Cast:
    return make_cast(first_chat=True)


def mentees(cast: Cast) -> Card:
    (card,) = as_mentee(requests_of(cast.mentee.pk))
    assert cast.mentor.name not in card.title + card.body + card.who
    return card


def mentors(cast: Cast) -> Card:
    (card,) = as_mentor(cast.mentor.pk)
    assert cast.mentee.name not in card.title + card.body + card.who
    return card


def test_from_the_draft_to_the_queue(cast):
    request = requests.begin(cast.mentee_member, at=NOW, form=uuid4())
    assert (mentees(cast).title, mentees(cast).who) == ("Finish your request", "You")
    requests.change_answers(request, 1, reasons=("big_change",))
    requests.submit(request, actor=cast.mentee.pk, at=NOW, form=uuid4())
    assert (mentees(cast).who, mentees(cast).by_when) == ("The coordinator", answer_due(TODAY))
    requests.take_in(request, actor=cast.coordinator.pk, at=NOW, form=uuid4())
    assert (mentees(cast).title, mentees(cast).by_when) == ("We're looking for a mentor for you", FORTNIGHT)


def test_while_the_membership_is_checked_the_card_says_so(cast):
    wait(cast)
    cast.mentee_member.stage = "verifying"
    cast.mentee_member.save()
    assert mentees(cast).title == "Your membership is being checked"


def test_where_mentees_choose_the_card_leads_to_the_mentors(cast):
    Scheme.objects.update(proposing=Scheme.Proposing.MENTEE)
    cast.mentee_member.refresh_from_db()
    request = wait(cast)
    assert mentees(cast).url == f"/requests/{request.pk}/mentors/"


def test_an_introduction_from_the_offer_to_the_last_yes(cast):
    introduction = offered(cast)
    assert (mentees(cast).who, mentees(cast).by_when) == ("You", WEEK)
    assert as_mentor(cast.mentor.pk) == []
    accept_as_mentee(cast, introduction)
    assert (mentees(cast).who, mentors(cast).who, mentors(cast).by_when) == ("The mentor", "You", WEEK)
    accept_as_mentor(introduction)
    assert mentees(cast).title == mentors(cast).title == "Choose a time for your first chat"
    first_chats.arrange(
        fresh(introduction),
        Party.MENTEE,
        chat_at=NOW + timedelta(days=2),
        way="phone",
        place="1",
        actor=cast.mentee.pk,
        at=NOW,
        form=uuid4(),
    )
    assert mentees(cast).on == timezone.localdate(NOW + timedelta(days=2))
    first_chats.say_yes(fresh(introduction), Party.MENTEE, actor=cast.mentee.pk, at=NOW, form=uuid4())
    assert (mentees(cast).who, mentors(cast).who) == ("The other person", "You")
    first_chats.say_yes(fresh(introduction), Party.MENTOR, actor=cast.mentor.pk, at=NOW, form=uuid4())
    assert as_mentee(requests_of(cast.mentee.pk)) == as_mentor(cast.mentor.pk) == []


@pytest.mark.parametrize("stage", ["signposted", "ineligible", "closed_unplaced", "triaged"])
def test_every_other_stage_has_its_card(cast, stage):
    request = ask(cast.mentee_member)
    MentoringRequest.objects.update(stage=stage)
    assert mentees(cast).title
    assert mentees(cast).url == f"/requests/{request.pk}/"


def test_a_question_waits_for_the_mentee(cast):
    asked(cast)
    Introduction.objects.update(stage="question_asked")
    assert (mentees(cast).who, mentors(cast).who) == ("You", "The other person")


def test_what_waits_for_oneself_comes_first(cast):
    ask(cast.mentor_member)
    asked(cast)
    found = cards(cast.mentor.pk, requests_of(cast.mentor.pk), [], NOW, mentors=True)
    assert found[0].who == "You"
    assert len(found) == 2


def test_cards_cost_the_same_for_one_and_for_three(cast, django_assert_num_queries):
    cast.standing.capacity = 4
    cast.standing.save()
    introduction = asked(cast)
    with django_assert_num_queries(1):
        assert len(as_mentor(cast.mentor.pk)) == 1
    for n in range(2):
        request = wait(cast, another_member(cast.scheme, f"Person {n}", f"Z9100{n}"))
        accept_as_mentee(cast, fresh(propose(cast, request, cast.standing)))
    with django_assert_num_queries(1):
        assert len(as_mentor(cast.mentor.pk)) == 3
    introductions.decline(introduction, Party.MENTEE, actor=cast.mentee.pk, at=NOW, form=uuid4())
    assert len(as_mentor(cast.mentor.pk)) == 2


def test_each_card_says_its_scheme_and_the_first_name_of_the_other_where_they_know_of_each_other(cast):
    ask(cast.mentor_member)
    requests.begin(cast.mentee_member, at=NOW, form=uuid4())
    assert mentees(cast).about == cast.scheme.name
    MentoringRequest.objects.filter(membership=cast.mentee_member).delete()
    offered(cast)
    assert mentees(cast).about == f"With Omar, {cast.scheme.name}"
    assert as_mentor(cast.mentor.pk) == [], "a mentor learns nothing before the mentee's yes"
    accept_as_mentee(cast, Introduction.objects.get())
    assert mentors(cast).about == f"With Mina, {cast.scheme.name}"


def test_the_soonest_step_of_ones_own_comes_first_and_what_is_over_last():
    over, other, either = Card("Over", "", ""), Card("Other", "", "The mentor", TODAY), Card("Meet", "", "Both of you")
    late, soon, some_time = Card("Late", "", "You", FORTNIGHT), Card("Soon", "", "You", WEEK), Card("Any", "", "You")
    found = soonest_first([over, other, either, some_time, late, soon])
    assert [card.title for card in found] == ["Soon", "Late", "Any", "Meet", "Other", "Over"]


def test_whoever_waits_reads_how_long_it_may_take(cast):
    wait(cast)
    assert "can't say yet" in mentees(cast).body
    publish(cast.scheme, "practice_manager", (2, 6), TODAY)
    assert "2 to 6 weeks" in mentees(cast).body
