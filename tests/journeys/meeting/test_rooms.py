"""The room's first page: when the two meet next, what happens next and who acts, and what is locked."""

from datetime import timedelta
from uuid import uuid4

import time_machine
from django.test import Client

from ithaca.records.members.models import User
from ithaca.records.mentorships.models import Mentorship, Session
from ithaca.records.mentorships.room.actions import sessions
from ithaca.records.stages import Party
from ithaca.tools.vault.keyless import seal_for_server
from tests.cast import NOW
from tests.journeys.meeting import typed
from tests.room import STORY, Room, plan


def page(client: Client, room: Room) -> str:
    return typed.see(client, f"/mentorships/{room.mentorship.pk}/")


def test_a_new_room_asks_for_a_first_time(room: Room, mentee: Client) -> None:
    found = page(mentee, room)
    assert "You and Omar Reed" in found
    assert "Choose a time for your first session" in found
    assert "It's one page, already filled in." in found


def test_the_next_session_stands_first_with_how_to_join(room: Room, mentee: Client, locked: Client) -> None:
    room.schedule(plan(7))
    for client in (mentee, locked):
        found = page(client, room)
        assert found.index("Monday 30 November 2026 at 10am") < found.index("Your agreement")
        assert 'href="https://meet.example/abc"' in found
        assert "Join the video call" in found


def test_each_sees_whose_yes_is_wanted(room: Room, mentee: Client, mentor: Client) -> None:
    room.agree(Party.MENTEE)
    assert "You've agreed. It takes effect when Omar agrees too." in page(mentee, room)
    assert "Mina has agreed. It takes effect when you agree too." in page(mentor, room)


def test_after_a_session_one_is_asked_whether_they_met_and_then_to_agree(
    room: Room, mentee: Client, clock: time_machine.Traveller
) -> None:
    session = room.schedule(plan(1))
    clock.shift(timedelta(days=1, hours=2))
    room_page = typed.see(sign_in_again(room), f"/mentorships/{room.mentorship.pk}/")
    assert "Did you meet?</h2>" in room_page
    sessions.say(session, True, Party.MENTOR, actor=room.mentor.pk, at=NOW + timedelta(days=2), form=uuid4())
    room_page = typed.see(sign_in_again(room), f"/mentorships/{room.mentorship.pk}/")
    assert "Agree how you'll work together" in room_page
    room.agree_both()
    assert "Choose a time for your next session" in typed.see(
        sign_in_again(room), f"/mentorships/{room.mentorship.pk}/"
    )


def sign_in_again(room: Room) -> Client:
    client = Client()
    client.force_login(room.mentee)
    return client


def test_the_story_is_for_the_two_and_needs_an_open_key(
    room: Room, mentee: Client, mentor: Client, locked: Client
) -> None:
    path = f"/mentorships/{room.mentorship.pk}/story/"
    for client in (mentee, mentor):
        found = typed.see(client, path)
        assert STORY in found
        assert "can read this" in found
    assert STORY not in typed.text(locked.get(path, follow=True))


def test_a_new_key_that_was_given_nothing_gets_a_clear_page(room: Room, mentor: Client) -> None:
    from ithaca.tools.vault.models import Grant

    Grant.objects.filter(holder=room.mentor.pk).delete()
    found = typed.see(mentor, f"/mentorships/{room.mentorship.pk}/story/", 403)
    assert "Only Mina can give it back to you" in found


def test_the_others_telephone_is_shown_if_they_gave_one(room: Room, mentee: Client) -> None:
    assert "If you need to reach Omar" not in page(mentee, room)
    sealed = seal_for_server("user.telephone", room.mentor.pk, "020 7946 0999")
    User.objects.filter(pk=room.mentor.pk).update(telephone=sealed)
    assert "020 7946 0999" in page(mentee, room)


def test_pausing_and_going_on(room: Room, mentee: Client, mentor: Client) -> None:
    path = f"/mentorships/{room.mentorship.pk}/"
    assert mentee.post(path + "pause/", typed.press()).status_code == 302
    assert Mentorship.objects.get().stage == "paused"
    assert "Your mentoring is paused" in page(mentor, room)
    assert "Your mentoring is paused" in typed.see(mentor, path + "sessions/new/")
    assert mentor.post(path + "sessions/new/", typed.session()).status_code == 409
    assert mentor.post(path + "resume/", typed.press()).status_code == 302
    assert Mentorship.objects.get().stage == "active"


def test_the_room_asks_as_few_questions_for_three_sessions_as_for_one(
    room: Room, mentee: Client, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    room.agree_both()
    room.schedule(plan(3))
    paths = [f"/mentorships/{room.mentorship.pk}/", f"/mentorships/{room.mentorship.pk}/agreement/"]
    counts: dict[str, list[int]] = {path: [] for path in paths}
    for days in (5, 7):
        for path in paths:
            mentee.get(path)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                mentee.get(path)
            counts[path].append(len(asked))
        room.schedule(plan(days))
        room.schedule(plan(days + 1))
    assert Session.objects.count() == 5
    for path, (one, three) in counts.items():
        assert one == three, path
        assert one <= 16, (path, one)
