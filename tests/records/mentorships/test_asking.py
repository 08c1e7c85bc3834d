"""Asking: what is kept, who is told, and the place in the queue, which never moves."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ithaca.records.members.models import PersonalInvitation
from ithaca.records.mentorships.models import Enquiry, MentoringRequest
from ithaca.records.mentorships.pairing import jobs
from ithaca.records.mentorships.pairing.actions import enquiries
from ithaca.records.mentorships.pairing.actions import requests as requests_actions
from ithaca.records.mentorships.pairing.queries import enquiries as enquiries_queries
from ithaca.records.mentorships.pairing.queries import requests
from ithaca.records.mentorships.pairing.queries.requests import answer_due
from ithaca.records.mentorships.rules.answers import Answers, EnquiryText
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import REASONS, ROLES, SLOTS
from ithaca.records.stages import Impossible, Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault import errors
from tests.cast import NOW, Cast, keyring_of, make_cast
from tests.records.mentorships.pairs import STORY, ask, fresh, offered, wait

JO = EnquiryText("Jo", "phone", "01632 960 000", "Tuesday", "")
DAY = timedelta(days=1)
codes = st.lists(st.sampled_from([*REASONS, *ROLES, *SLOTS]), unique=True).map(tuple)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@given(
    st.builds(
        Answers,
        reasons=codes,
        roles=codes,
        topics=codes,
        slots=codes,
        ways=codes,
        languages=codes,
        wants_near=st.none() | st.booleans(),
        prefers=st.none() | st.uuids(),
    )
)
def test_answers_come_back_as_they_were(answers):
    assert Answers.from_json(answers.to_json()) == answers


@given(st.builds(EnquiryText, *[st.text() for _ in range(5)]))
def test_a_two_minute_request_comes_back_as_it_was(said):
    assert EnquiryText.from_json(said.to_json()) == said


@pytest.mark.parametrize(
    ("asked_on", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 25)),  # a Monday
        (date(2026, 11, 27), date(2026, 12, 1)),  # a Friday
        (date(2026, 12, 24), date(2026, 12, 30)),  # Christmas Day is a Friday, Boxing Day is kept on the Monday
        (date(2027, 3, 25), date(2027, 3, 31)),  # Good Friday and Easter Monday
    ],
)
def test_an_answer_is_due_in_two_working_days_of_england(asked_on, due):
    assert answer_due(asked_on) == due


def test_an_enquiry_opens_for_those_who_hold_the_mailbox_alone(cast):
    enquiry = enquiries.receive(cast.scheme, JO, at=NOW, form=uuid4())
    for user in (cast.coordinator, cast.deputy):
        assert enquiries_queries.open_enquiry(enquiry, keyring_of(user)) == JO
    for user in (cast.mentor, cast.outsider):
        with pytest.raises(errors.NotGranted):
            enquiries_queries.open_enquiry(enquiry, keyring_of(user))
    with pytest.raises(errors.Locked):
        enquiries_queries.open_enquiry(enquiry, None)


def test_a_scheme_without_a_mailbox_keeps_nothing(cast):
    with pytest.raises(enquiries.NoMailbox):
        enquiries.receive(cast.other_scheme, JO, at=NOW, form=uuid4())
    assert Enquiry.objects.count() == OutboxLetter.objects.count() == 0


def test_a_form_that_was_used_in_another_scheme_still_keeps_this_one(cast):
    keyring_of(cast.outsider).make_mailbox(cast.other_scheme.pk, [])
    form = uuid4()
    for scheme in (cast.scheme, cast.other_scheme):
        enquiries.receive(scheme, JO, at=NOW, form=form)
    assert Enquiry.objects.values("scheme").distinct().count() == 2


def test_an_enquiry_is_answered_and_closed(cast):
    enquiry = enquiries.receive(cast.scheme, JO, at=NOW, form=uuid4())
    assert enquiries.answer(enquiry, actor=cast.coordinator.pk, at=NOW, form=uuid4())
    assert enquiries.close(enquiry, actor=cast.coordinator.pk, at=NOW, form=uuid4())
    with pytest.raises(Impossible):
        enquiries.answer(enquiry, actor=cast.coordinator.pk, at=NOW, form=uuid4())


def test_a_personal_link_brings_the_enquirys_date(cast):
    enquiry = enquiries.receive(cast.scheme, JO, at=NOW - 8 * DAY, form=uuid4())
    PersonalInvitation.objects.create(
        scheme=cast.scheme,
        purpose="mentee",
        token=b"x" * 32,
        enquiry=enquiry.pk,
        made_by=cast.coordinator.pk,
        made_at=NOW,
        expires_at=NOW + DAY,
        used_by=cast.mentee.pk,
    )
    request = ask(cast.mentee_member)
    assert request.asked_on == timezone.localdate(NOW - 8 * DAY)
    assert fresh(enquiry).stage == "joined"


def test_nobody_takes_over_an_enquiry_that_became_a_request(cast):
    enquiry = enquiries.receive(cast.scheme, JO, at=NOW - 8 * DAY, form=uuid4())
    first = requests_actions.begin(cast.mentee_member, at=NOW, form=uuid4(), enquiry_seen=enquiry.pk)
    second = requests_actions.begin(cast.mentor_member, at=NOW, form=uuid4(), enquiry_seen=enquiry.pk)
    assert (first.enquiry, second.enquiry) == (enquiry, None)


def test_the_story_opens_for_its_author_alone(cast):
    request = ask(cast.mentee_member)
    assert requests.story_of(request, keyring_of(cast.mentee)) == STORY
    with pytest.raises(errors.Tampered):
        requests.story_of(request, keyring_of(cast.coordinator))


def test_sending_needs_a_reason_and_changes_nothing_without(cast):
    request = requests_actions.begin(cast.mentee_member, at=NOW, form=uuid4())
    with pytest.raises(requests_actions.Incomplete):
        requests_actions.submit(request, actor=cast.mentee.pk, at=NOW, form=uuid4())
    assert (fresh(request).stage, OutboxLetter.objects.count()) == ("draft", 0)


def test_sending_twice_is_as_once(cast):
    request = requests_actions.begin(cast.mentee_member, at=NOW, form=uuid4())
    requests_actions.change_answers(request, 1, reasons=("big_change",))
    form = uuid4()
    sent = [requests_actions.submit(request, actor=cast.mentee.pk, at=at, form=form) for at in (NOW, NOW + DAY)]
    assert sent == [True, False]
    assert fresh(request).asked_on == timezone.localdate(NOW)
    assert OutboxLetter.objects.filter(kind="request_arrived").count() == 1


def test_where_mentees_choose_the_request_goes_straight_into_the_queue(cast):
    Scheme.objects.update(proposing=Scheme.Proposing.MENTEE)
    cast.mentee_member.refresh_from_db()
    assert ask(cast.mentee_member).stage == "waiting"
    assert OutboxLetter.objects.filter(kind="request_to_read").count() == 0


@pytest.mark.parametrize("stage", ["submitted", "triaged"])
def test_taking_in_twice_is_as_once(cast, stage):
    request, form = ask(cast.mentee_member), uuid4()
    MentoringRequest.objects.update(stage=stage)
    done = [requests_actions.take_in(request, actor=cast.coordinator.pk, at=NOW, form=form) for _ in range(2)]
    assert done == [True, False]
    assert fresh(request).stage == "waiting"


@pytest.mark.parametrize(("act", "stage"), [("signpost", "signposted"), ("find_ineligible", "ineligible")])
def test_an_answer_without_a_mentor_is_told_and_lets_one_ask_again(cast, act, stage):
    request = ask(cast.mentee_member)
    form = uuid4()
    for _ in range(2):
        requests_actions.answer_otherwise(request, act, actor=cast.coordinator.pk, at=NOW, form=form)
    assert fresh(request).stage == stage
    assert OutboxLetter.objects.filter(kind="request_answered", recipient=cast.mentee.pk).count() == 1
    assert requests_actions.begin(cast.mentee_member, at=NOW, form=uuid4()) != request


def test_closing_unplaced_and_waiting_again_keeps_the_old_date(cast):
    request = wait(cast)
    requests_actions.answer_otherwise(
        request, "close_unplaced", actor=cast.coordinator.pk, at=NOW + 90 * DAY, form=uuid4()
    )
    requests_actions.reopen(request, Party.MENTEE, actor=cast.mentee.pk, at=NOW + 100 * DAY, form=uuid4())
    assert (fresh(request).stage, fresh(request).asked_on) == ("waiting", timezone.localdate(NOW))


def test_a_change_of_what_was_seen_before_somebody_else_saved_is_refused(cast):
    request = wait(cast)
    seen = request.version
    requests_actions.change_answers(request, seen, roles=("reflector",))
    with pytest.raises(ChangedMeanwhile):
        requests_actions.change_answers(request, seen, roles=("guide",))
    with pytest.raises(ChangedMeanwhile):
        requests_actions.change_story(request, seen, "Another", keyring=keyring_of(cast.mentee))
    requests_actions.change_answers(request, seen, roles=("reflector",))  # saying the same again changes nothing
    assert requests.answers_of(fresh(request)).roles == ("reflector",)


def test_a_request_that_is_over_is_not_changed(cast):
    request = wait(cast)
    requests_actions.withdraw(request, actor=cast.mentee.pk, at=NOW, form=uuid4())
    with pytest.raises(Impossible):
        requests_actions.change_answers(request, 9, roles=("guide",))


def test_the_lapsed_do_not_begin_and_do_not_send(cast):
    request = requests_actions.begin(cast.mentee_member, at=NOW, form=uuid4())
    requests_actions.change_answers(request, 1, reasons=("big_change",))
    cast.mentee_member.stage = "lapsed"
    cast.mentee_member.save()
    with pytest.raises(requests_actions.CannotAsk):
        requests_actions.submit(request, actor=cast.mentee.pk, at=NOW, form=uuid4())
    MentoringRequest.objects.all().delete()
    with pytest.raises(requests_actions.CannotAsk):
        requests_actions.begin(cast.mentee_member, at=NOW, form=uuid4())


def test_nobody_waits_two_weeks_without_a_word(cast):
    wait(cast)
    assert jobs.send_word(NOW + 13 * DAY) == 0
    assert [jobs.send_word(NOW + 14 * DAY) for _ in range(2)] == [1, 0]
    assert jobs.send_word(NOW + 27 * DAY) == 0
    assert jobs.send_word(NOW + 28 * DAY) == 1
    assert OutboxLetter.objects.filter(kind="still_waiting", recipient=cast.mentee.pk).count() == 2


def test_one_who_is_being_introduced_gets_no_word_that_there_is_no_news(cast):
    offered(cast)
    assert jobs.send_word(NOW + 30 * DAY) == 0
