"""Stopping, and the closing page."""

from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.mentorships.models import Ending, Mentorship, Session
from ithaca.records.mentorships.room.actions import sessions
from ithaca.records.stages import Party
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, sign_in
from tests.journeys.meeting import typed
from tests.room import STORY, Room, plan


def at(room: Room, verb: str = "") -> str:
    return f"/mentorships/{room.mentorship.pk}/{verb}"


@pytest.mark.parametrize("who", ["mentee", "mentor"])
def test_it_takes_one_step_and_both_see_the_closing_page(room: Room, who: str) -> None:
    room.schedule(plan(7))
    client = sign_in(Client(), room.cast.people[who])
    other = sign_in(Client(), room.cast.people["mentor" if who == "mentee" else "mentee"])
    assert "Your booked session will be cancelled" in typed.see(client, at(room, "end/"))
    answer = client.post(at(room, "end/"), typed.press(words=""), follow=True)
    assert "You stopped on Monday 23 November 2026." in typed.text(answer)
    found = typed.see(other, at(room, "ending/"))
    assert "They don't need to give a reason, and it's no reflection on you." in found
    assert "until Tuesday 30 November 2027" in found
    assert Session.objects.get().stage == "cancelled"


def test_a_last_word_reaches_the_other_alone(room: Room, mentee: Client, mentor: Client, locked: Client) -> None:
    mentee.post(at(room, "end/"), typed.press(words="Thank you for the walk. 🙂"))
    assert "Thank you for the walk. 🙂" in typed.see(mentor, at(room, "ending/"))
    assert "Unlock to read it" in typed.see(locked, at(room, "ending/"))
    assert "walk" not in typed.text(locked.get(at(room, "ending/unlocked/"), follow=True))


def test_stopping_works_while_locked_and_a_last_word_waits_for_the_key(room: Room, locked: Client) -> None:
    answer = locked.post(at(room, "end/"), typed.press(words="Thank you for the walk."))
    assert answer.status_code == 422
    assert "Thank you for the walk." in typed.text(answer)
    assert Mentorship.objects.get().stage == "active"
    assert locked.post(at(room, "end/"), typed.press(words="")).status_code == 302
    assert Mentorship.objects.get().stage == "ended"


def test_a_last_word_after_the_other_stopped_is_given_back(room: Room, mentee: Client, mentor: Client) -> None:
    mentor.post(at(room, "end/"), typed.press())
    answer = mentee.post(at(room, "end/"), typed.press(words="I was about to say."))
    assert answer.status_code == 409
    assert "I was about to say." in typed.text(answer)
    assert mentee.post(at(room, "end/"), typed.press(words="")).status_code == 302


def test_pressing_twice_is_once(room: Room, mentee: Client) -> None:
    form = typed.press(words="Thank you.")
    for _press in range(2):
        assert mentee.post(at(room, "end/"), form).status_code == 302
    assert Ending.objects.count() == 1
    assert OutboxLetter.objects.filter(kind="ended").count() == 2


@pytest.mark.parametrize(
    ("words", "message"), [("x" * 3001, "3000 characters or fewer"), ("a\x00b", "hidden character")]
)
def test_words_that_cannot_be_kept_stop_nothing(room: Room, mentee: Client, words: str, message: str) -> None:
    answer = mentee.post(at(room, "end/"), typed.press(words=words))
    assert answer.status_code == 422
    assert message in typed.text(answer)
    assert Mentorship.objects.get().stage == "active"


def test_afterwards_the_room_is_read_only(room: Room, mentee: Client, mentor: Client) -> None:
    room.agree_both()
    session = room.schedule(plan(0.001))
    sessions.say(session, True, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    agreement = room.agreement()
    mentee.post(at(room, "end/"), typed.press())
    assert "Your mentoring has ended. You can still read what's here." in typed.see(mentor, at(room))
    assert "You met once." in typed.see(mentor, at(room, "ending/"))
    assert "About once a month." in typed.see(mentor, at(room, "agreement/"))
    assert "About once a month." in typed.see(mentor, at(room, "agreement/print/"))
    for path, form in {
        at(room, "sessions/new/"): typed.session(),
        at(room, "pause/"): typed.press(),
        at(room, "resume/"): typed.press(),
        f"/sessions/{session.pk}/did-not-happen/": typed.press(),
        f"/agreements/{agreement.pk}/agree/": typed.press(version=agreement.version),
        f"/agreements/{agreement.pk}/set-aside/": typed.press(),
    }.items():
        answer = mentor.post(path, form)
        assert answer.status_code == 409 or answer["Location"] == at(room, "ending/"), path
    assert Session.objects.get().stage == "held"
    assert Mentorship.objects.get().stage == "ended"
    assert STORY in typed.see(mentor, at(room, "story/"))
    for verb in ("end/", "sessions/new/"):
        assert mentor.get(at(room, verb))["Location"] == at(room, "ending/"), verb


def test_the_mentee_can_ask_again_from_there(room: Room, mentee: Client, mentor: Client) -> None:
    mentor.post(at(room, "end/"), typed.press())
    assert "Request another mentor" in typed.see(mentee, at(room, "ending/"))
    assert "Request another mentor" not in typed.see(mentor, at(room, "ending/"))
