"""The monthly rhythm: reminders after 45 quiet days, a person after 75, and the funded sessions."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from ithaca.records.mentorships.models import Session
from ithaca.records.mentorships.room import jobs
from ithaca.records.mentorships.room.actions import endings, mentorships, nudges, sessions
from ithaca.records.mentorships.room.actions.sessions import AllowanceUsed
from ithaca.records.mentorships.room.queries import quiet_rooms
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, TODAY, make_cast
from tests.room import Room, make_room, plan


@pytest.fixture
def room(db: None) -> Room:
    found = make_room(make_cast())
    type(found.mentorship).objects.update(stage_since=NOW)
    return found


def after(days: int) -> datetime:
    return NOW + timedelta(days=days)


def fresh(room: Room) -> list[object]:
    return [type(room.mentorship).objects.get()]


def asked(room: Room, days: int) -> bool:
    return bool(quiet_rooms.to_ask(fresh(room), TODAY + timedelta(days=days)))


def test_both_are_reminded_once_after_45_days_and_a_person_asks_after_75(room: Room) -> None:
    nudged = [day for day in (0, 44, 45, 45, 46, 80, 140) if jobs.nudge_rooms(after(day))]
    assert nudged == [45]
    letters = OutboxLetter.objects.filter(kind="a_while_ago")
    assert {letter.address for letter in letters} == {room.mentee.email, room.mentor.email}
    assert not any(name in letter.text for letter in letters for name in ("Mina", "Omar"))
    assert (asked(room, 74), asked(room, 75)) == (False, True)


def test_a_session_that_is_booked_or_held_is_the_rhythm_and_one_called_off_is_not(room: Room) -> None:
    session = room.schedule(plan(30))
    assert not jobs.nudge_rooms(after(50))
    sessions.cancel(session, Party.MENTOR, actor=room.mentor.pk, at=after(29), form=uuid4())
    assert jobs.nudge_rooms(after(50)) == 1
    held = room.schedule(plan(60), at=after(51))
    sessions.say(held, True, Party.MENTEE, actor=room.mentee.pk, at=after(60), form=uuid4())
    assert [day for day in (61, 104, 105, 106) if jobs.nudge_rooms(after(day))] == [105]


def test_we_are_fine_stops_it_for_three_months(room: Room) -> None:
    assert jobs.nudge_rooms(after(45)) == 1
    for _twice in range(2):
        until = nudges.say_fine(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=after(45))
    assert until == date(2027, 4, 7)
    assert not asked(room, 100)
    assert [day for day in (80, 135, 136, 137) if jobs.nudge_rooms(after(day))] == [136]


def test_three_months_on_is_a_day_of_the_calendar(room: Room) -> None:
    at = datetime(2026, 11, 30, 12, tzinfo=NOW.tzinfo)
    until = nudges.say_fine(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=at)
    assert until == date(2027, 2, 28)


def test_nobody_is_reminded_in_a_pause_or_after_the_end_and_going_on_begins_anew(room: Room) -> None:
    mentorships.pause(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    assert not jobs.nudge_rooms(after(100))
    mentorships.resume(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=after(100), form=uuid4())
    assert not jobs.nudge_rooms(after(101))
    assert not asked(room, 101)
    endings.end(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=after(110), form=uuid4())
    assert not jobs.nudge_rooms(after(200))


def test_funded_sessions_are_counted_and_the_scheme_says_whether_one_may_go_on(room: Room) -> None:
    room.agree_both()
    Scheme.objects.filter(pk=room.cast.scheme.pk).update(allowance=2, beyond_allowance=False)
    one = room.schedule(plan(1))
    room.schedule(plan(2))
    with pytest.raises(AllowanceUsed):
        room.schedule(plan(3))
    sessions.cancel(one, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    again = room.schedule(plan(3))
    sessions.reschedule(again, plan(4), again.version, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    Scheme.objects.filter(pk=room.cast.scheme.pk).update(beyond_allowance=True)
    room.schedule(plan(5))
    assert Session.objects.exclude(stage="cancelled").count() == 3
