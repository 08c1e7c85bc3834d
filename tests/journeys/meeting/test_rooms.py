"""The room's first page: when the two meet next, what happens next and who acts, and what is locked."""

from datetime import timedelta
from uuid import uuid4

import time_machine
from django.test import Client

from ithaca.records.members.models import User
from ithaca.records.mentorships.models import Mentorship, Session
from ithaca.records.mentorships.room.actions import mentorships, sessions
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from tests.cast import NOW, TODAY
from tests.journeys.meeting import typed
from tests.journeys.meeting.test_writing import write_note
from tests.room import STORY, Room, plan


def path_of(room: Room, rest: str = "") -> str:
    return f"/mentorships/{room.mentorship.pk}/{rest}"


def page(client: Client, room: Room) -> str:
    return typed.see(client, path_of(room))


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
    sealed = User.telephone.seal(room.mentor, "020 7946 0999")
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


def test_a_pause_until_a_day_asks_on_it_whether_to_go_on(room: Room, mentee: Client, mentor: Client) -> None:
    path = path_of(room, "pause/")
    assert mentee.post(path, typed.press(day_0="31", day_1="2", day_2="2027")).status_code == 422
    assert mentee.post(path, typed.press(day_0="1", day_1="12", day_2="2026")).status_code == 302
    assert "Your mentoring is paused until Tuesday 1 December 2026" in typed.see(mentor, path_of(room))
    Mentorship.objects.update(paused_until=TODAY)
    assert "Would you like to carry on?" in typed.see(mentor, path_of(room))
    assert "Would you like to carry on?" in typed.see(mentor, "/my-mentoring/")
    assert mentor.post(path, typed.press(day_0="1", day_1="2", day_2="2027")).status_code == 302
    assert "Your mentoring is paused until Monday 1 February 2027" in typed.see(mentee, path_of(room))
    assert mentee.post(path_of(room, "resume/"), typed.press()).status_code == 302
    assert Mentorship.objects.get().stage == "active"


def test_new_notes_are_marked_until_one_says_that_one_has_read_them(room: Room, mentee: Client, mentor: Client) -> None:
    write_note(room)
    assert "Notes</a> <strong" in typed.see(mentor, path_of(room))
    page = typed.see(mentor, path_of(room, "notes/"))
    assert "I've read these" in page
    assert "I've read these" not in typed.see(mentee, path_of(room, "notes/")), "one's own are no news"
    assert mentor.post(path_of(room, "notes/read/"), {"seen": "yesterday"}).status_code == 302
    assert "I've read these" in typed.see(mentor, path_of(room, "notes/"))
    assert mentor.post(path_of(room, "notes/read/"), {"seen": NOW.isoformat()}).status_code == 302
    assert "I've read these" not in typed.see(mentor, path_of(room, "notes/"))
    assert "Notes</a> <strong" not in typed.see(mentor, path_of(room))


def test_when_the_funded_sessions_are_used_the_room_says_what_is_possible(room: Room, mentee: Client) -> None:
    Scheme.objects.update(allowance=2, beyond_allowance=False)
    room.agree_both()
    for days in (3, 5):
        room.schedule(plan(days))
    page = typed.see(mentee, path_of(room, "sessions/new/"))
    assert "Move your session on Thursday 26 November 2026" in page
    assert room.cast.scheme.contact_email in page
    assert mentee.post(path_of(room, "sessions/new/"), typed.session()).status_code == 409
    assert "Book another session" not in typed.see(mentee, path_of(room))
    Session.objects.update(stage="held", starts_at=NOW - timedelta(days=2))
    assert "You've used your funded sessions" in typed.see(mentee, path_of(room))
    assert "You've used your funded sessions" in typed.see(mentee, "/my-mentoring/")
    mentorships.pause(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    assert "Your mentoring is paused" in typed.see(mentee, path_of(room))
    assert sessions.allowance_of(Mentorship.objects.get()).forbids
