"""Choosing a time, moving it, calling it off, and saying whether it happened, as typed into the pages."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
import vobject
from django.test import Client

from ithaca.records.mentorships.models import Session
from ithaca.records.mentorships.room.queries import sessions
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, sign_in
from tests.journeys.meeting import typed
from tests.room import Room, plan


def new(room: Room) -> str:
    return f"/mentorships/{room.mentorship.pk}/sessions/new/"


def at(session: Session, verb: str = "") -> str:
    return f"/sessions/{session.pk}/{verb}"


def test_a_time_is_set_at_once(room: Room, mentee: Client) -> None:
    answer = mentee.post(new(room), typed.session(), follow=True)
    session = Session.objects.get()
    assert session.starts_at == datetime(2026, 11, 30, 16, 30, tzinfo=UTC)
    assert "Monday 30 November 2026 at 4:30pm" in typed.text(answer)
    assert OutboxLetter.objects.filter(invitation_method="REQUEST").count() == 2


def test_a_locked_person_can_set_move_and_call_off(room: Room, locked: Client) -> None:
    assert locked.post(new(room), typed.session()).status_code == 302
    session = Session.objects.get()
    form = typed.session(clock="5pm", version=1)
    assert locked.post(at(session, "move/"), form).status_code == 302
    assert locked.post(at(session, "cancel/"), typed.press()).status_code == 302
    assert Session.objects.get().stage == "cancelled"


def test_pressing_twice_sets_one_time(room: Room, mentee: Client) -> None:
    form = typed.session()
    first, second = mentee.post(new(room), form), mentee.post(new(room), form)
    assert first["Location"] == second["Location"]
    assert Session.objects.count() == 1
    assert OutboxLetter.objects.count() == 2


def test_two_tabs_set_one_first_session_and_the_second_is_told_why(room: Room, mentee: Client) -> None:
    mentee.post(new(room), typed.session())
    answer = mentee.post(new(room), typed.session(day_0="7", day_1="12"))
    assert answer.status_code == 409
    assert "First, agree how you'll work together" in typed.text(answer)
    assert f"/mentorships/{room.mentorship.pk}/agreement/" in typed.text(answer)
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day_0": "22"}, "Choose a date and time in the future"),
        ({"day_2": "2030"}, "Choose a date within the next 2 years"),
        ({"day_0": "28", "day_1": "3", "day_2": "2027", "clock": "1:30am"}, "this time doesn't exist"),
        ({"day_0": "31", "day_1": "2", "day_2": "2027"}, "Enter a real date"),
        ({"day_0": ""}, "Enter a day, a month and a year"),
        ({"day_0": "", "day_1": "", "day_2": ""}, "Enter a date"),
        ({"day_0": "\x00"}, "Enter a real date"),
        ({"day_0": "🙂"}, "Enter a real date"),
        ({"clock": ""}, "Enter the time it starts"),
        ({"clock": "half four"}, "Enter a real time"),
        ({"clock": "25:99"}, "Enter a real time"),
        ({"clock": "16:30\x00"}, "Enter a real time"),
        ({"clock": "🕟"}, "Enter a real time"),
        ({"clock": "9" * 5000}, "Enter a real time"),
        ({"minutes": "75"}, "How long?"),
        ({"minutes": ""}, "How long?"),
        ({"way": "pigeon"}, "How will you meet?"),
        ({"way": "\x00"}, "How will you meet?"),
        ({"place": "x" * 301}, "must be 300 characters or fewer"),
        ({"place": "a\x00b"}, "hidden character"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    room: Room, mentee: Client, changes: dict[str, str], words: str
) -> None:
    form = typed.session(**({"place": "The blue door"} | changes))
    answer = mentee.post(new(room), form)
    found = typed.text(answer)
    assert answer.status_code == 422
    assert words in found
    assert "<title>Error: " in found
    assert Session.objects.count() == 0
    if "place" not in changes:
        assert "The blue door" in found


def test_an_empty_form_is_no_error_of_ours(room: Room, mentee: Client) -> None:
    assert mentee.post(new(room), {}).status_code == 422
    assert mentee.post(new(room), {"once": "not a uuid", "day": "x", "extra": "y" * 9999}).status_code == 422


def test_a_place_in_any_script_is_kept_as_it_is(room: Room, mentee: Client) -> None:
    mentee.post(new(room), typed.session(way="in_person", place="Café 🙂 <b>‘Ŵ’</b>"))
    session = Session.objects.get()
    assert sessions.shown(session).place == "Café 🙂 <b>‘Ŵ’</b>"
    assert "<b>‘Ŵ’</b>" not in mentee.get(at(session)).content.decode()


@pytest.mark.parametrize(
    ("day", "month", "year", "clock", "words"),
    [
        ("25", "12", "2026", "10am", "That day is a bank holiday: Christmas Day."),
        ("6", "12", "2026", "10am", "That day is a Sunday."),
        ("31", "10", "2027", "1:30am", "1:30am comes twice. We'll use the earlier one."),
    ],
)
def test_a_time_one_may_not_have_meant_is_cautioned_once_and_then_taken(
    room: Room, mentee: Client, day: str, month: str, year: str, clock: str, words: str
) -> None:
    form = typed.session(day_0=day, day_1=month, day_2=year, clock=clock)
    answer = mentee.post(new(room), form)
    found = typed.text(answer)
    assert answer.status_code == 200
    assert words in found
    assert Session.objects.count() == 0
    heeded = found.split('name="heeded" value="')[1].split('"')[0]
    other_day = typed.session(day_0="13", day_1="12", clock=clock, heeded=heeded)
    assert "That day is a Sunday." in typed.text(mentee.post(new(room), other_day)), "only what was seen is heeded"
    assert mentee.post(new(room), form | {"heeded": heeded}).status_code == 302
    assert Session.objects.count() == 1


def test_the_next_form_knows_how_they_met_last(room: Room, mentee: Client) -> None:
    room.agree_both()
    room.schedule(plan(7, minutes=90, way="phone", place="020 7946 0000"))
    found = typed.see(mentee, new(room))
    assert 'value="020 7946 0000"' in found
    assert [part.split('"')[0] for part in found.split('value="') if " checked" in part.split(">")[0]] == [
        "90",
        "phone",
    ]


def test_a_day_that_both_know_is_not_cautioned_against_again(room: Room, mentee: Client) -> None:
    session = room.schedule(plan(13))  # a Sunday
    sunday = typed.session(day_0="6", day_1="12", clock="5pm", version=1)
    next_sunday = typed.session(day_0="13", day_1="12", clock="5pm", version=1)
    assert "That day is a Sunday." in typed.text(mentee.post(at(session, "move/"), next_sunday))
    assert mentee.post(at(session, "move/"), sunday).status_code == 302


def test_a_time_that_comes_twice_is_the_earlier(room: Room, mentee: Client) -> None:
    form = typed.session(day_0="31", day_1="10", day_2="2027", clock="1:30am", heeded="2027-10-31T00:30")
    mentee.post(new(room), form)
    assert Session.objects.get().starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_the_same_time_twice_is_refused_at_the_field(room: Room, mentee: Client) -> None:
    room.agree_both()
    mentee.post(new(room), typed.session())
    answer = mentee.post(new(room), typed.session(clock="16:45"))
    assert answer.status_code == 422
    assert "You're already meeting at that time." in typed.text(answer)


@pytest.mark.parametrize("who", ["mentee", "mentor"])
def test_either_moves_it(room: Room, who: str) -> None:
    session = room.schedule(plan(7))
    client = sign_in(Client(), room.cast.people[who])
    shown = typed.see(client, at(session, "move/"))
    assert 'value="30"' in shown
    assert 'value="10:00"' in shown
    answer = client.post(
        at(session, "move/"), typed.session(clock="9.15", way="phone", place="020 7946 0000", version=1)
    )
    assert answer.status_code == 302
    session.refresh_from_db()
    assert session.starts_at == datetime(2026, 11, 30, 9, 15, tzinfo=UTC)
    assert 'href="tel:02079460000"' in typed.see(client, at(session))


def test_two_tabs_that_move_it_lose_nothing(room: Room, mentee: Client, mentor: Client) -> None:
    session = room.schedule(plan(7))
    mentor.post(at(session, "move/"), typed.session(clock="2pm", version=1))
    answer = mentee.post(at(session, "move/"), typed.session(clock="3pm", place="My place", version=1))
    found = typed.text(answer)
    assert answer.status_code == 409
    assert "It's now on Monday 30 November 2026 at 2pm." in found
    assert 'value="3pm"' in found
    assert "My place" in found
    again = typed.session(clock="3pm", place="My place", version=2)
    assert mentee.post(at(session, "move/"), again).status_code == 302
    session.refresh_from_db()
    assert session.starts_at.hour == 15
    assert session.sequence == 2


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_a_mangled_version_moves_nothing(room: Room, mentee: Client, version: str) -> None:
    session = room.schedule(plan(7))
    assert mentee.post(at(session, "move/"), typed.session(version=version)).status_code == 422
    session.refresh_from_db()
    assert session.sequence == 0


def test_calling_off_in_two_tabs_is_once(room: Room, mentee: Client, mentor: Client) -> None:
    session = room.schedule(plan(7))
    assert mentee.post(at(session, "cancel/"), typed.press()).status_code == 302
    assert mentor.post(at(session, "cancel/"), typed.press()).status_code == 302
    assert OutboxLetter.objects.filter(invitation_method="CANCEL").count() == 2
    assert "Cancelled" in typed.see(mentee, at(session))
    assert mentee.get(at(session, "move/")).status_code == 302
    assert "Choose a time for your first session" in typed.see(mentee, f"/mentorships/{room.mentorship.pk}/")


def test_one_says_we_met_and_the_other_corrects_it(
    room: Room, mentee: Client, mentor: Client, clock: time_machine.Traveller
) -> None:
    session = room.schedule(plan(0.1))
    assert "We met" in typed.see(mentee, at(session)), "from the day of the session on"
    clock.move_to(NOW + timedelta(hours=4))
    mentor = sign_in(Client(), room.mentor)
    assert mentor.post(at(session, "we-met/"), typed.press()).status_code == 302
    assert "correct it by Monday 7 December 2026" in typed.see(mentee, at(session))
    assert mentee.post(at(session, "did-not-happen/"), typed.press()).status_code == 302
    assert Session.objects.get().stage == "no_show"
    clock.move_to(NOW + timedelta(days=15))
    late = sign_in(Client(), room.mentor)
    assert "correct it" not in typed.see(late, at(session))
    assert late.post(at(session, "we-met/"), typed.press()).status_code == 409
    assert Session.objects.get().stage == "no_show"


def test_we_met_before_the_day_is_answered_kindly(room: Room, mentee: Client) -> None:
    session = room.schedule(plan(7))
    assert "We met" not in typed.see(mentee, at(session))
    answer = mentee.post(at(session, "we-met/"), typed.press())
    assert answer.status_code == 409
    assert "from the day of the session onwards" in typed.text(answer)


@pytest.mark.parametrize("who", ["mentee", "mentor"])
def test_the_calendar_file_is_for_the_one_who_asks(room: Room, who: str) -> None:
    session = room.schedule(plan(7, place="The Old Mill"))
    client = sign_in(Client(), room.cast.people[who])
    answer = client.get(at(session, "calendar/"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8; method=REQUEST"
    file = vobject.readOne(answer.content.decode())
    assert [one.value for one in file.vevent.attendee_list] == [f"mailto:{room.cast.people[who].email}"]
    assert file.vevent.dtstart.value == session.starts_at
    for word in ("Old Mill", "Mina", "Omar", "entor"):
        assert word not in answer.content.decode().replace("post@ithaca.example", "").split("ATTENDEE")[0]


def test_a_session_that_is_called_off_downloads_as_a_cancellation(room: Room, mentee: Client) -> None:
    session = room.schedule(plan(7))
    mentee.post(at(session, "cancel/"), typed.press())
    file = vobject.readOne(mentee.get(at(session, "calendar/")).content.decode())
    assert file.method.value == "CANCEL"
    assert int(file.vevent.sequence.value) == 1


def test_a_form_that_was_used_for_another_session_is_not_carried_out(
    room: Room, mentee: Client, mentor: Client
) -> None:
    form: dict[str, Any] = typed.session(once=str(uuid4()))
    mentee.post(new(room), form)
    answer = mentor.post(new(room), form)
    assert answer.status_code == 409
    assert Session.objects.count() == 1


# --- times that suit both -------------------------------------------------------------------------------


def give_slots(room: Room, *codes: str) -> None:
    from ithaca.records.mentorships.models import MentoringRequest
    from ithaca.records.mentorships.rules.answers import Answers

    row = MentoringRequest.objects.get()
    row.answers = MentoringRequest.answers.seal(row, Answers(slots=codes, ways=("phone",)).to_json())
    row.save()


def test_a_time_that_suits_both_is_set_with_two_clicks(room: Room, mentee: Client) -> None:
    give_slots(room, "mon-am", "tue-am")  # the mentor offers Monday mornings and Wednesday afternoons
    path = f"/mentorships/{room.mentorship.pk}/sessions/new/"
    found = typed.see(mentee, path)
    assert "Monday 30 November 2026 at 10am" in found
    assert "Tuesday 24 November 2026" not in found
    assert found.count('name="when"') == 10
    assert "Times that suit you both" in found
    form = typed.press(when="2026-11-30T10:00:00+00:00")
    for _pressed_twice in range(2):
        assert mentee.post(path, form).status_code == 302
    session = Session.objects.get()
    assert session.starts_at == datetime(2026, 11, 30, 10, tzinfo=UTC)
    room.agree_both()
    assert "Monday 30 November 2026 at 10am" not in typed.see(mentee, path), "it is taken"
    answer = mentee.post(path, typed.press(when="2026-11-30T10:00:00+00:00"))
    assert answer.status_code == 422
    assert "That time is taken or has passed. Choose another." in typed.text(answer)
    assert Session.objects.count() == 1


def test_the_times_of_one_are_not_said_to_suit_both(room: Room, mentee: Client) -> None:
    found = typed.see(mentee, f"/mentorships/{room.mentorship.pk}/sessions/new/")
    assert "Times that usually suit one of you" in found
    assert "suit you both" not in found


def test_two_who_have_no_time_in_common_choose_their_own(room: Room, mentee: Client) -> None:
    give_slots(room, "fri-eve")
    found = typed.see(mentee, f"/mentorships/{room.mentorship.pk}/sessions/new/")
    assert "couldn't find a half-day that suits you both" in found
    assert 'name="when"' not in found


def test_the_second_session_waits_for_the_agreement_however_it_is_asked_for(room: Room, mentee: Client) -> None:
    give_slots(room, "mon-am")
    room.schedule(plan(1))
    path = f"/mentorships/{room.mentorship.pk}/sessions/new/"
    for form in (typed.press(when="2026-11-30T10:00:00+00:00"), typed.session()):
        answer = mentee.post(path, form)
        assert answer.status_code == 409
        assert "First, agree how you'll work together" in typed.text(answer)
    assert Session.objects.count() == 1


def test_funded_sessions_are_shown_and_kept(room: Room, mentee: Client) -> None:
    from ithaca.records.schemes.models import Scheme

    room.agree_both()
    Scheme.objects.filter(pk=room.cast.scheme.pk).update(allowance=2, beyond_allowance=False)
    room.schedule(plan(1))
    page, path = f"/mentorships/{room.mentorship.pk}/", f"/mentorships/{room.mentorship.pk}/sessions/new/"
    assert "1 of 2 funded sessions left." in typed.see(mentee, page)
    room.schedule(plan(2))
    assert "You have no funded sessions left" in typed.see(mentee, path)
    assert mentee.post(path, typed.session()).status_code == 409
    Scheme.objects.filter(pk=room.cast.scheme.pk).update(beyond_allowance=True)
    assert "You can carry on meeting." in typed.see(mentee, page)
    assert mentee.post(path, typed.session()).status_code == 302
