"""Two people are brought together: each says yes or no, and nobody loses a place by it."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.models import Agreement, Introduction, Mentorship
from ithaca.records.mentorships.pairing import jobs
from ithaca.records.mentorships.pairing.actions import clear_candidate, overdue_introductions, requests
from ithaca.records.mentorships.pairing.actions import introductions as introductions_actions
from ithaca.records.mentorships.pairing.queries import introductions
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault import errors, grants
from tests.cast import NOW, Cast, keyring_of, make_cast
from tests.records.mentorships.pairs import (
    STORY,
    accept_as_mentee,
    accept_as_mentor,
    another_member,
    another_mentor,
    asked,
    fresh,
    offered,
    propose,
    wait,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def letters_to(user) -> list[str]:
    return list(OutboxLetter.objects.filter(recipient=user.pk).order_by("written_at").values_list("kind", flat=True))


def test_both_say_yes_and_the_mentorship_begins_with_its_agreement(cast):
    introduction = asked(cast)
    accept_as_mentor(introduction, NOW + DAY)
    mentorship = Mentorship.objects.get(pk=introduction.pk)
    assert (mentorship.stage, mentorship.mentee, mentorship.mentor) == (
        "active",
        cast.mentee_member,
        cast.mentor_member,
    )
    agreement = Agreement.objects.get(mentorship=mentorship)
    assert (agreement.stage, agreement.number, agreement.template.version) == ("draft", 1, 1)
    assert fresh(introduction).stage == "confirmed"
    assert fresh(introduction.request).stage == "matched"
    assert letters_to(cast.mentee)[-1] == letters_to(cast.mentor)[-1] == "confirmed"


def test_the_story_is_its_authors_alone_until_their_yes_and_then_the_two_read_it(cast):
    introduction = offered(cast)
    assert introduction.story is None
    accept_as_mentee(cast, introduction)
    introduction = fresh(introduction)
    for user in (cast.mentee, cast.mentor):
        assert introductions.story_of(introduction, keyring_of(user)) == STORY
    with pytest.raises(errors.NotGranted):
        introductions.story_of(introduction, keyring_of(cast.coordinator))
    assert introductions.story_of(introduction, None) is None


def test_the_mentees_yes_needs_their_own_keys(cast):
    introduction = offered(cast)
    with pytest.raises(errors.Locked):
        introductions_actions.mentee_accept(introduction, keyring=None, actor=cast.mentee.pk, at=NOW, form=uuid4())
    assert fresh(introduction).stage == "offered_to_mentee"


def test_the_mentor_hears_nothing_before_the_mentees_yes(cast):
    introduction = offered(cast)
    assert letters_to(cast.mentor) == []
    accept_as_mentee(cast, introduction)
    assert letters_to(cast.mentor) == ["answer_wanted"]


@pytest.mark.parametrize("by", [Party.MENTEE, Party.MENTOR])
def test_a_no_returns_the_request_at_its_old_date_frees_the_place_and_destroys_the_keys(cast, by):
    MentorStanding.objects.update(capacity=1)
    introduction = asked(cast)
    asked_on = introduction.request.asked_on
    assert fresh(cast.standing).stage == "full"
    user = cast.mentee if by is Party.MENTEE else cast.mentor
    later = NOW + 4 * DAY
    assert introductions_actions.decline(
        introduction, by, reason="not_now", keyring=keyring_of(user), actor=user.pk, at=later, form=uuid4()
    )
    introduction = fresh(introduction)
    assert (fresh(introduction.request).stage, fresh(introduction.request).asked_on) == ("waiting", asked_on)
    assert fresh(cast.standing).stage == "available"
    assert grants.holders_of(introduction.pk) == set()
    assert introduction.story is None
    noted = Introduction.reason.unseal(introduction, keyring_of(user))
    assert json.loads(noted) == {"kind": "not_now", "words": ""}


def test_who_declined_and_why_is_said_in_no_letter(cast):
    introduction = asked(cast)
    introductions_actions.decline(
        introduction, Party.MENTOR, reason="not_now", actor=cast.mentor.pk, at=NOW, form=uuid4()
    )
    assert "did_not_go_ahead" in letters_to(cast.mentee)
    names = {word for user in (cast.mentee, cast.mentor) for word in user.name.split()}
    for letter in OutboxLetter.objects.all():
        text = letter.subject + letter.text + letter.html
        assert not [name for name in names if name in text]
        assert "not_now" not in text


def test_a_mentor_who_was_never_asked_hears_nothing_of_a_no(cast):
    introduction = offered(cast)
    introductions_actions.decline(introduction, Party.MENTEE, actor=cast.mentee.pk, at=NOW, form=uuid4())
    assert letters_to(cast.mentor) == []
    assert fresh(introduction).stage == "declined_privately"


def test_one_who_is_locked_may_decline_and_the_reason_is_not_kept(cast):
    introduction = asked(cast)
    introductions_actions.decline(
        introduction, Party.MENTOR, reason="not_now", actor=cast.mentor.pk, at=NOW, form=uuid4()
    )
    assert fresh(introduction).stage == "declined_privately"
    assert fresh(introduction).reason is None


def test_two_who_declined_are_not_introduced_again(cast):
    introduction = offered(cast)
    introductions_actions.decline(introduction, Party.MENTEE, actor=cast.mentee.pk, at=NOW, form=uuid4())
    with pytest.raises(clear_candidate.NotPossible) as caught:
        propose(cast, introduction.request, cast.standing)
    assert "declined" in caught.value.reasons


def test_pressing_twice_does_it_once(cast):
    request, form = wait(cast), uuid4()
    first, second = (
        introductions_actions.propose(
            request, cast.standing, Party.COORDINATOR, actor=cast.coordinator.pk, at=NOW, form=form
        )
        for _ in range(2)
    )
    assert first == second
    assert Introduction.objects.count() == 1
    form, ring = uuid4(), keyring_of(cast.mentee)
    pressed = [
        introductions_actions.mentee_accept(first, keyring=ring, actor=cast.mentee.pk, at=NOW, form=form)
        for _ in range(2)
    ]
    assert pressed == [True, False]
    form = uuid4()
    pressed = [introductions_actions.mentor_accept(first, actor=cast.mentor.pk, at=NOW, form=form) for _ in range(2)]
    assert pressed == [True, False]
    assert Mentorship.objects.count() == 1
    assert letters_to(cast.mentor).count("confirmed") == 1


def test_a_request_has_one_introduction_at_a_time(cast):
    introduction = offered(cast)
    other = another_mentor(cast.scheme, "Nia Ward", "Z90010")
    with pytest.raises(Impossible):
        propose(cast, introduction.request, other)


def test_a_full_mentor_is_not_proposed_and_an_offer_alone_fills_a_place(cast):
    MentorStanding.objects.update(capacity=1)
    offered(cast)
    second = wait(cast, another_member(cast.scheme, "Ivy Cole", "Z90011"))
    with pytest.raises(clear_candidate.NotPossible) as caught:
        propose(cast, second, cast.standing)
    assert caught.value.reasons == ("not_available",)


def test_a_mentor_of_the_same_practice_is_refused_with_its_reason(cast):
    cast.mentor_member.organisation = cast.mentee_member.organisation
    cast.mentor_member.save()
    with pytest.raises(clear_candidate.NotPossible) as caught:
        propose(cast, wait(cast), cast.standing)
    assert "same_organisation" in caught.value.reasons


def test_nobody_proposes_themself(cast):
    with pytest.raises(clear_candidate.OwnMatch):
        introductions_actions.propose(
            wait(cast), cast.standing, Party.COORDINATOR, actor=cast.mentor.pk, at=NOW, form=uuid4()
        )


def test_checks_hold_up_the_introduction_and_not_the_asking(cast):
    member = another_member(cast.scheme, "Ivy Cole", "Z90011", stage="verifying")
    request = wait(cast, member)
    assert request.stage == "waiting"
    with pytest.raises(clear_candidate.StillChecked):
        propose(cast, request, cast.standing)


def test_a_mentor_who_never_signed_in_is_a_clear_refusal(cast):
    from ithaca.tools.vault.models import KeyPair

    KeyPair.objects.filter(pk=cast.mentor.pk).delete()
    with pytest.raises(clear_candidate.NotEnrolled):
        propose(cast, wait(cast), cast.standing)
    assert Introduction.objects.count() == 0


def test_the_score_and_its_parts_are_frozen(cast):
    introduction = offered(cast)
    requests.change_answers(introduction.request, fresh(introduction.request).version, roles=("reflector",))
    parts = {part.name: part for part in introductions.parts_of(fresh(introduction))}
    assert parts["roles"].matched == {"guide"}
    assert sum(part.points for part in parts.values()) == introduction.score > 0


def test_a_mentee_may_take_back_their_yes(cast):
    introduction = asked(cast)
    introductions_actions.decline(introduction, Party.MENTEE, actor=cast.mentee.pk, at=NOW + DAY, form=uuid4())
    assert fresh(introduction).stage == "withdrawn"
    assert fresh(introduction.request).stage == "waiting"
    assert letters_to(cast.mentor)[-1] == "no_longer_needed"


def test_withdrawing_the_request_ends_the_introduction_and_tells_the_mentor_who_was_asked(cast):
    introduction = asked(cast)
    requests.withdraw(introduction.request, actor=cast.mentee.pk, at=NOW + DAY, form=uuid4())
    assert fresh(introduction).stage == fresh(introduction.request).stage == "withdrawn"
    assert grants.holders_of(introduction.pk) == set()
    assert letters_to(cast.mentor)[-1] == "no_longer_needed"
    assert fresh(introduction.request).story is None


def test_reminders_come_once_for_each_question_after_three_days(cast):
    introduction = offered(cast)
    assert jobs.remind_of_answers(NOW + 3 * DAY - timedelta(seconds=1)) == 0
    assert [jobs.remind_of_answers(NOW + 3 * DAY) for _ in range(2)] == [1, 0]
    assert letters_to(cast.mentee)[-1] == "answer_still_wanted"
    accept_as_mentee(cast, introduction, NOW + 4 * DAY)
    assert jobs.remind_of_answers(NOW + 6 * DAY) == 0
    assert not overdue_introductions.remind(introduction, NOW + 6 * DAY), "nor where the job was overtaken by that yes"
    assert jobs.remind_of_answers(NOW + 7 * DAY) == 1
    assert letters_to(cast.mentor)[-1] == "answer_still_wanted"


def test_an_offer_expires_after_the_seventh_day_and_the_queue_date_is_kept(cast):
    introduction = offered(cast)
    assert introduction.answer_by == timezone.localdate(NOW + 7 * DAY)
    midnight = NOW.replace(hour=0) + 8 * DAY
    for too_early in (NOW + 7 * DAY, midnight - timedelta(seconds=1)):
        assert jobs.expire_offers(too_early) == 0
        assert not overdue_introductions.expire(introduction, too_early), "nor where the job was overtaken"
    assert [jobs.expire_offers(midnight) for _ in range(2)] == [1, 0]
    assert fresh(introduction).stage == "expired"
    assert fresh(introduction.request).asked_on == timezone.localdate(NOW)


def test_a_yes_on_the_last_day_gives_the_mentor_seven_days_of_their_own(cast):
    introduction = offered(cast)
    accept_as_mentee(cast, introduction, NOW + 7 * DAY)
    assert jobs.expire_offers(NOW + 8 * DAY) == 0
    assert fresh(introduction).answer_by == timezone.localdate(NOW + 14 * DAY)


def test_a_mentor_who_goes_on_leave_before_their_yes_frees_the_mentee(cast):
    introduction = asked(cast)
    MentorStanding.objects.update(stage="on_leave")
    assert [jobs.release_lost_mentors(NOW) for _ in range(2)] == [1, 0]
    assert fresh(introduction).stage == "mentor_unavailable"
    assert fresh(introduction.request).stage == "waiting"
    assert fresh(cast.standing).stage == "on_leave"


def test_the_coordinator_takes_an_offer_back(cast):
    introduction = offered(cast)
    assert introductions_actions.take_back(introduction, actor=cast.coordinator.pk, at=NOW, form=uuid4())
    assert fresh(introduction).stage == "withdrawn"
    assert fresh(introduction.request).stage == "waiting"


def test_the_ledger_tells_every_step_and_never_a_reason(cast):
    introduction = asked(cast)
    introductions_actions.decline(
        introduction,
        Party.MENTOR,
        reason="not_now",
        keyring=keyring_of(cast.mentor),
        actor=cast.mentor.pk,
        at=NOW,
        form=None,
    )
    steps = Step.objects.filter(subject=introduction.pk).order_by("at", "pk").values_list("act", flat=True)
    assert set(steps) == {"propose", "offer", "mentee_accept", "mentor_decline"}
