"""The one question for the scheme: one answer, counted and joined to nobody."""

from datetime import timedelta

from django.test import Client

from ithaca.records.mentorships.models import Mentorship, PulseCheck
from ithaca.records.mentorships.room import jobs
from tests.cast import NOW, TODAY
from tests.journeys.meeting import typed
from tests.room import Room


def at(room: Room, rest: str = "") -> str:
    return f"/mentorships/{room.mentorship.pk}/{rest}"


def test_one_question_one_press_and_none_the_wiser(room: Room, mentee: Client, mentor: Client, locked: Client) -> None:
    path = at(room, "pulse/")
    assert "There's no question for you right now" in typed.see(mentee, path)
    assert mentee.post(path, typed.press(score="5")).status_code == 302
    assert PulseCheck.objects.count() == 0, "nobody asked"
    Mentorship.objects.update(began_on=TODAY - timedelta(days=30))
    assert jobs.ask_for_ratings(NOW) == 2
    for client in (mentee, mentor, locked):
        assert "Answer or skip" in typed.see(client, at(room))
        assert "How is it going for you?" in typed.see(client, path)
    for score in ("", "6", "0", "five"):
        assert mentee.post(path, typed.press(score=score)).status_code == 422
    for score in ("4", "1"):
        assert locked.post(path, typed.press(score=score)).status_code == 302
    assert mentor.post(f"{path}skip/", typed.press()).status_code == 302
    given = PulseCheck.objects.filter(answers__gt=0).values_list("side", "score", "answers")
    assert list(given) == [("mentee", 4, 1)]
    for client in (mentee, mentor):
        assert "Answer or skip" not in typed.see(client, at(room))
