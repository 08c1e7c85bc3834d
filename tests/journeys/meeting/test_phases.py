"""The phase that the two are in, if they like to say so."""

from django.test import Client

from ithaca.records.mentorships.models import Mentorship, PhaseStep
from ithaca.records.mentorships.room.actions import written_record
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from tests.cast import NOW
from tests.journeys.meeting import typed
from tests.room import Room


def at(room: Room, rest: str = "") -> str:
    return f"/mentorships/{room.mentorship.pk}/{rest}"


def test_the_phases_are_shown_once_someone_has_said_where_they_are(
    room: Room, mentee: Client, mentor: Client, locked: Client
) -> None:
    Scheme.objects.update(phases=True)
    path = at(room, "phases/")
    assert "You're here" not in typed.see(mentee, at(room)) + typed.see(mentee, path)
    assert mentee.post(path, typed.press(phase="promoted")).status_code == 422
    assert mentee.post(path, typed.press(phase="progress")).status_code == 302
    assert "Making progress <strong" in typed.see(mentor, at(room))
    assert mentor.post(path, typed.press(phase="moved_on")).status_code == 302
    assert "See how to end it" in typed.see(mentee, path)
    assert Mentorship.objects.get().stage == "active", "moving on ends nothing by itself"
    assert "You're here" not in typed.see(locked, at(room))
    answer = locked.post(path, typed.press(phase="rapport"))
    assert (answer.status_code, PhaseStep.objects.count()) == (422, 2)
    written_record.stop_writing(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW)
    mentee.post(path, typed.press(phase="rapport"))
    assert PhaseStep.objects.count() == 2
