"""Feedback on its pages: who may, what each sees, and where a scheme does not use it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.mentorships.models import Feedback, PulseCheck, Session, Side
from ithaca.records.mentorships.room.actions import written_record
from ithaca.records.mentorships.rules.stages import room as stages_room
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from tests.cast import NOW, keyring_of, sign_in
from tests.journeys.meeting import typed
from tests.journeys.meeting.test_transitions import expected, try_all
from tests.room import Room

WORDS = "The silence helped me most."
TWO = (Party.MENTEE, Party.MENTOR)


@pytest.fixture
def session(room: Room) -> Session:
    return Session.objects.create(
        mentorship=room.mentorship,
        number=1,
        stage="held",
        starts_at=NOW - timedelta(days=1),
        proposed_by=room.mentor.pk,
    )


@pytest.fixture
def feedback(session: Session) -> str:
    return f"/sessions/{session.pk}/feedback/"


def at(room: Room, rest: str = "") -> str:
    return f"/mentorships/{room.mentorship.pk}/{rest}"


def say(text: str = WORDS, version: int = 0) -> dict[str, object]:
    return typed.press(text=text, version=version)


def test_every_step_of_feedback(room: Room, session: Session) -> None:
    table = stages_room.FEEDBACK
    verbs = {"ask": ("ask",), "give": ("give",), "pass": ("pass",)}
    row = uuid4()

    def ask(client: Client, verb: str, stage: str, _party: Party | None) -> tuple[str, int]:
        Feedback.objects.all().delete()
        if stage != "unasked":
            asked = Feedback(id=row, mentorship=room.mentorship, session=session, stage=stage)
            if stage == "given":
                asked.text = Feedback.text.seal(asked, "Before.", keyring_of(room.mentee))
                asked.version = 1
            asked.save()
        paths = {"ask": f"/sessions/{session.pk}/feedback/ask/", "pass": f"/feedback/{row}/skip/"}
        status = client.post(paths.get(verb, f"/sessions/{session.pk}/feedback/"), say(version=1)).status_code
        found = Feedback.objects.first()
        return found.stage if found else "unasked", status

    def follow(stage: str, verb: str, party: Party | None) -> str:
        return expected(table, stage, verbs[verb], party)

    assert try_all(room, table, verbs, ask, follow) == len(table.stages) * 3 * 4
    assert table.acts == {"ask", "give", "pass"}


def test_from_the_question_to_the_next_session(room: Room, mentee: Client, mentor: Client, feedback: str) -> None:
    assert "How was your session?" not in typed.see(mentee, at(room)), "the mentee is not asked by the page"
    assert "You can ask Mina how your session" in typed.see(mentor, at(room))
    assert mentor.post(f"{feedback}ask/", typed.press()).status_code == 302
    assert "They don't have to answer." in typed.see(mentor, at(room))
    assert "Omar would like to know how your session on Sunday 22 November 2026 was" in typed.see(mentee, at(room))
    page = typed.see(mentee, feedback)
    assert "Read by: you and Omar" in page
    assert "Leave out anything that could identify a patient." in page
    assert mentee.post(feedback, say()).status_code == 302
    assert WORDS in typed.see(mentor, at(room))
    assert "How was your session?" not in typed.see(mentee, at(room))
    assert mentee.get(feedback).content.decode().count(WORDS) == 1, "in its box, to be said anew"
    assert mentor.post(feedback, say("Mine")).status_code == 403
    Session.objects.create(
        mentorship=room.mentorship,
        number=2,
        stage="held",
        starts_at=NOW - timedelta(hours=2),
        proposed_by=room.mentor.pk,
    )
    assert WORDS not in typed.see(mentor, at(room)), "after the next session it has had its time"
    assert WORDS in typed.see(mentor, feedback)


def test_not_this_time_looks_to_the_mentor_like_no_answer_yet(
    room: Room, mentee: Client, mentor: Client, feedback: str
) -> None:
    mentor.post(f"{feedback}ask/", typed.press())
    before = [typed.see(mentor, path) for path in (at(room), feedback)]
    for _twice in range(2):
        assert mentee.post(f"/feedback/{Feedback.objects.get().pk}/skip/", typed.press()).status_code == 302
    assert Feedback.objects.get().stage == "passed"
    assert "Omar would like to know how" not in typed.see(mentee, at(room))
    after = [typed.see(mentor, path) for path in (at(room), feedback)]
    for page in (*before, *after):
        assert "They don't have to answer." in page


def test_said_in_two_windows_both_are_shown_and_nothing_is_lost(room: Room, mentee: Client, feedback: str) -> None:
    mentee.post(feedback, say("From the other window"))
    answer = mentee.post(feedback, say())
    found = typed.text(answer)
    assert answer.status_code == 409
    assert "From the other window" in found
    assert WORDS in found
    assert mentee.post(feedback, say(version=1)).status_code == 302
    assert WORDS in typed.see(mentee, feedback)
    assert "From the other window" not in typed.see(mentee, feedback)


def test_locked_one_sees_that_something_was_said_and_unlocks_to_read_it(
    room: Room, mentee: Client, feedback: str
) -> None:
    mentee.post(feedback, say())
    locked = sign_in(Client(), room.mentor, locked=True)
    page = typed.see(locked, at(room))
    assert "What Mina said about your session on Sunday 22 November 2026" in page
    assert "Unlock to read it" in page
    assert WORDS not in page
    assert WORDS not in typed.text(locked.get(feedback, follow=True))


def test_without_a_record_nobody_is_asked_and_no_box_is_there(
    room: Room, mentee: Client, mentor: Client, feedback: str
) -> None:
    written_record.stop_writing(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW)
    assert mentor.post(f"{feedback}ask/", typed.press()).status_code == 302
    assert Feedback.objects.count() == 0
    assert "Ask how it was" not in typed.see(mentor, at(room))
    assert "<textarea" not in typed.text(mentee.get(feedback, follow=True))


def test_a_part_that_the_scheme_does_not_use_is_nowhere(
    room: Room, mentee: Client, mentor: Client, feedback: str
) -> None:
    Scheme.objects.update(feedback=False, ratings=False, phases=False)
    Side.objects.create(mentorship=room.mentorship, person=room.mentee.pk, rating_open=True)
    for client in (mentee, mentor):
        page = typed.see(client, at(room))
        for words in ("How was your session?", "Ask how it was", "How good is this", "Say which phase you're in"):
            assert words not in page
        for path in (feedback, at(room, "pulse/"), at(room, "phases/")):
            assert client.get(path).status_code == 404, path
    assert mentor.post(f"{feedback}ask/", typed.press()).status_code == 404
    assert mentee.post(at(room, "pulse/"), typed.press(score="5")).status_code == 404
    assert (Feedback.objects.count(), PulseCheck.objects.count()) == (0, 0)
