"""The first chat: both say yes, or it did not go ahead and nobody is told who said no."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ithaca.records.members.actions import private_lists
from ithaca.records.members.private_lists import Entry
from ithaca.records.mentorships.models import Introduction, Mentorship
from ithaca.records.mentorships.pairing import jobs
from ithaca.records.mentorships.pairing.actions import conflicts, first_chats, introductions, requests
from ithaca.records.mentorships.pairing.queries.introductions import chat_of
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, Cast, keyring_of, make_cast
from tests.records.mentorships.pairs import accept_as_mentor, asked, fresh

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(days=2)


@pytest.fixture
def cast() -> Cast:
    return make_cast(first_chat=True)


@pytest.fixture
def introduction(cast) -> Introduction:
    found = asked(cast)
    accept_as_mentor(found)
    return fresh(found)


def arrange(introduction, by, cast, chat_at=SOON) -> bool:
    user = cast.mentee if by is Party.MENTEE else cast.mentor
    return first_chats.arrange(
        introduction,
        by,
        chat_at=chat_at,
        way="video",
        place="https://meet.example/x",
        actor=user.pk,
        at=NOW,
        form=uuid4(),
    )


def say_yes(introduction, by, cast) -> bool:
    user = cast.mentee if by is Party.MENTEE else cast.mentor
    return first_chats.say_yes(introduction, by, actor=user.pk, at=SOON, form=uuid4())


def test_the_mentors_yes_leads_to_a_chat_and_not_yet_to_a_mentorship(introduction, cast):
    assert introduction.stage == "accepted"
    assert Mentorship.objects.count() == 0
    told = OutboxLetter.objects.filter(kind="chat_to_arrange").values_list("recipient", flat=True)
    assert set(told) == {cast.mentee.pk, cast.mentor.pk}


def test_either_arranges_it_and_either_moves_it_and_the_other_is_told(introduction, cast):
    arrange(introduction, Party.MENTOR, cast)
    arrange(introduction, Party.MENTEE, cast, SOON + timedelta(days=1))
    introduction = fresh(introduction)
    assert (introduction.stage, introduction.chat_at) == ("first_chat", SOON + timedelta(days=1))
    assert chat_of(introduction).place == "https://meet.example/x"
    told = OutboxLetter.objects.filter(kind="chat_arranged").order_by("pk")
    assert {letter.recipient for letter in told} == {cast.mentee.pk, cast.mentor.pk}
    assert not [letter for letter in told if "meet.example" in letter.text]


@pytest.mark.parametrize("order", [(Party.MENTEE, Party.MENTOR), (Party.MENTOR, Party.MENTEE)])
def test_the_second_yes_begins_the_mentorship_and_the_first_is_private(introduction, cast, order):
    arrange(introduction, Party.MENTEE, cast)
    letters = OutboxLetter.objects.count()
    assert say_yes(introduction, order[0], cast)
    assert (Mentorship.objects.count(), OutboxLetter.objects.count()) == (0, letters)
    assert say_yes(introduction, order[0], cast) is False
    assert say_yes(introduction, order[1], cast)
    assert Mentorship.objects.get().pk == introduction.pk
    assert (fresh(introduction).stage, fresh(introduction.request).stage) == ("confirmed", "matched")


@pytest.mark.parametrize("by", [Party.MENTEE, Party.MENTOR])
def test_a_no_after_the_chat_says_the_same_to_the_other_whoever_said_it(introduction, cast, by):
    arrange(introduction, Party.MENTEE, cast)
    say_yes(introduction, Party.MENTOR if by is Party.MENTEE else Party.MENTEE, cast)
    introductions.decline(introduction, by, actor=uuid4(), at=SOON, form=uuid4())
    introduction = fresh(introduction)
    assert (introduction.stage, introduction.chat) == ("declined_privately", None)
    assert fresh(introduction.request).stage == "waiting"
    assert Mentorship.objects.count() == 0


def test_no_yes_before_there_is_a_chat(introduction, cast):
    with pytest.raises(Impossible):
        say_yes(introduction, Party.MENTEE, cast)


def test_a_missed_chat_is_arranged_again_and_earlier_answers_do_not_count(introduction, cast):
    arrange(introduction, Party.MENTEE, cast)
    say_yes(introduction, Party.MENTEE, cast)
    first_chats.miss(introduction, Party.MENTOR, actor=cast.mentor.pk, at=SOON, form=uuid4())
    introduction = fresh(introduction)
    assert (introduction.stage, introduction.mentee_confirmed_at, introduction.chat_at) == ("no_show", None, None)
    arrange(introduction, Party.MENTOR, cast, SOON + timedelta(days=3))
    for by in (Party.MENTEE, Party.MENTOR):
        say_yes(introduction, by, cast)
    assert Mentorship.objects.count() == 1


def test_saying_yes_twice_with_one_form_is_one_step(introduction, cast):
    arrange(introduction, Party.MENTEE, cast)
    form = uuid4()
    said = [first_chats.say_yes(introduction, Party.MENTEE, actor=cast.mentee.pk, at=SOON, form=form) for _ in range(2)]
    assert said == [True, False]
    assert Step.objects.filter(act="say_yes").count() == 1


# --- in the calendar ------------------------------------------------------------------------------


def files(user, kind: str) -> list[str]:
    """The calendar files of a kind that this person was sent, unfolded, the oldest first."""
    letters = OutboxLetter.objects.filter(recipient=user.pk, kind=kind).order_by("written_at", "pk")
    return [letter.invitation.replace("\r\n ", "") for letter in letters if letter.invitation]


def test_each_of_the_two_gets_an_invitation_of_their_own_that_says_nothing(introduction, cast):
    arrange(introduction, Party.MENTOR, cast)
    for user, other in ((cast.mentee, cast.mentor), (cast.mentor, cast.mentee)):
        (file,) = files(user, "chat_arranged")
        assert f"mailto:{user.email}" in file
        assert not [word for word in (other.email, *other.name.split(), "meet.example", "entor") if word in file]
        assert "SUMMARY:Appointment" in file
        assert f"UID:{introduction.pk}" in file
        assert "METHOD:REQUEST" in file
        assert "DTSTART:20261125T100000Z" in file


def test_moving_the_chat_updates_both_calendars(introduction, cast):
    arrange(introduction, Party.MENTOR, cast)
    arrange(introduction, Party.MENTEE, cast, SOON + timedelta(days=1))
    for user in (cast.mentee, cast.mentor):
        (file,) = files(user, "chat_moved")
        assert "SEQUENCE:1" in file
        assert "DTSTART:20261126T100000Z" in file


@pytest.mark.parametrize("ends", ["no", "withdrawn", "gone", "too close"])
def test_whatever_ends_it_takes_the_chat_out_of_both_calendars(introduction, cast, ends):
    arrange(introduction, Party.MENTEE, cast)
    at, actor = NOW + timedelta(hours=1), cast.mentee.pk
    if ends == "no":
        introductions.decline(introduction, Party.MENTEE, actor=actor, at=at, form=uuid4())
    elif ends == "withdrawn":
        requests.withdraw(introduction.request, actor=actor, at=at, form=uuid4())
    elif ends == "too close":
        conflicts.know_too_well(introduction, Party.MENTEE, "family", keyring=None, actor=actor, at=at, form=uuid4())
    else:
        private_lists.add(cast.mentor, keyring_of(cast.mentor), Entry(id=str(uuid4()), email=cast.mentee.email))
        jobs.release_lost_mentors(at)
    for user in (cast.mentee, cast.mentor):
        sent = OutboxLetter.objects.filter(recipient=user.pk, invitation_method="CANCEL")
        (file,) = [letter.invitation.replace("\r\n ", "") for letter in sent]
        assert "SEQUENCE:1" in file
        assert "STATUS:CANCELLED" in file
        assert f"UID:{introduction.pk}" in file


def test_a_chat_that_was_missed_and_set_anew_has_a_higher_sequence(introduction, cast):
    arrange(introduction, Party.MENTEE, cast)
    first_chats.miss(introduction, Party.MENTEE, actor=cast.mentee.pk, at=NOW, form=uuid4())
    assert all("SEQUENCE:1" in files(user, "chat_missed")[0] for user in (cast.mentee, cast.mentor))
    arrange(fresh(introduction), Party.MENTOR, cast, SOON + timedelta(days=3))
    assert [file.count("SEQUENCE:2") for file in files(cast.mentee, "chat_arranged")].count(1) == 1


def test_a_no_after_the_chat_leaves_the_calendars_alone(introduction, cast):
    arrange(introduction, Party.MENTEE, cast)
    introductions.decline(introduction, Party.MENTOR, actor=cast.mentor.pk, at=SOON + timedelta(days=1), form=uuid4())
    assert not OutboxLetter.objects.filter(invitation_method="CANCEL").exists()


# --- a word when nothing happens ------------------------------------------------------------------


def told(kind: str) -> list:
    return sorted(OutboxLetter.objects.filter(kind=kind).values_list("recipient", flat=True), key=str)


def test_a_chat_without_a_time_is_spoken_of_once_after_five_days(introduction, cast):
    assert jobs.nudge_chats(NOW + timedelta(days=5, seconds=-1)) == 0
    assert [jobs.nudge_chats(NOW + timedelta(days=5)) for _run in range(2)] == [1, 0]
    assert told("chat_still_to_arrange") == sorted([cast.mentee.pk, cast.mentor.pk], key=str)


def test_three_days_after_the_chat_those_who_have_not_answered_are_asked_once(introduction, cast):
    arrange(introduction, Party.MENTEE, cast)
    say_yes(introduction, Party.MENTEE, cast)
    assert jobs.nudge_chats(SOON + timedelta(days=3, seconds=-1)) == 0
    assert [jobs.nudge_chats(SOON + timedelta(days=3)) for _run in range(2)] == [1, 0]
    assert told("chat_answer_wanted") == [cast.mentor.pk]
