"""Feedback, ratings, reviews, phases and pauses on their pages: who may, what each sees, and what disappears."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.mentorships.models import Agreement, Feedback, Mentorship, PhaseStep, PulseCheck, Session, Side
from ithaca.records.mentorships.room import jobs
from ithaca.records.mentorships.room.actions import mentorships, sessions, written_record
from ithaca.records.mentorships.rules.stages import room as stages_room
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from tests.cast import NOW, TODAY, keyring_of, sign_in
from tests.journeys.meeting import typed
from tests.journeys.meeting.test_transitions import expected, try_all
from tests.journeys.meeting.test_writing import write_note
from tests.room import Room, plan

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


# --- feedback ---------------------------------------------------------------------------------------------


def test_every_step_of_feedback(room: Room, session: Session) -> None:
    table = stages_room.FEEDBACK
    verbs = {"ask": ("ask",), "give": ("give",), "pass": ("pass",)}
    row = uuid4()

    def ask(client: Client, verb: str, stage: str, _party: Party | None) -> tuple[str, int]:
        Feedback.objects.all().delete()
        text = keyring_of(room.mentee).seal(room.mentorship.pk, "feedback.text", row, "Before.")
        if stage != "unasked":
            kept = {"text": text, "version": 1} if stage == "given" else {}
            Feedback.objects.create(id=row, mentorship=room.mentorship, session=session, stage=stage, **kept)
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


# --- ratings ----------------------------------------------------------------------------------------------


def test_one_question_one_press_and_none_the_wiser(room: Room, mentee: Client, mentor: Client, locked: Client) -> None:
    path = at(room, "pulse/")
    assert "There's no question for you right now" in typed.see(mentee, path)
    assert mentee.post(path, typed.press(score="5")).status_code == 302
    assert PulseCheck.objects.count() == 0, "nobody asked"
    Mentorship.objects.update(began_on=TODAY - timedelta(days=30))
    assert jobs.ask_for_ratings(NOW) == 2
    for client in (mentee, mentor, locked):
        assert "Answer or skip" in typed.see(client, at(room))
        assert "One quick question" in typed.see(client, path)
    for score in ("", "6", "0", "five"):
        assert mentee.post(path, typed.press(score=score)).status_code == 422
    for score in ("4", "1"):
        assert locked.post(path, typed.press(score=score)).status_code == 302
    assert mentor.post(f"{path}skip/", typed.press()).status_code == 302
    given = PulseCheck.objects.filter(answers__gt=0).values_list("side", "score", "answers")
    assert list(given) == [("mentee", 4, 1)]
    for client in (mentee, mentor):
        assert "Answer or skip" not in typed.see(client, at(room))


# --- reviews, phases, pauses --------------------------------------------------------------------------------


def test_looking_again_keeps_the_agreement_with_one_press(room: Room, mentee: Client, mentor: Client) -> None:
    path = at(room, "agreement/review/")
    assert mentee.get(path).status_code == 302, "nothing is agreed yet"
    agreement = room.agree_both()
    assert "You haven't chosen a date for your next review." in typed.see(mentee, path)
    Agreement.objects.filter(pk=agreement.pk).update(review_on=TODAY)
    assert "Review how you work together" in typed.see(mentor, at(room))
    page = mentee.get(path).content.decode()
    assert 'value="22"' in page, "13 weeks from the 23rd of November is the 22nd of February"
    past = {"day_0": "1", "day_1": "6", "day_2": "2020"}
    assert mentee.post(path, typed.press(**past)).status_code == 422
    day = {"day_0": "22", "day_1": "2", "day_2": "2027"}
    assert mentee.post(path, typed.press(**day)).status_code == 302
    other = {"day_0": "1", "day_1": "6", "day_2": "2027"}
    answer = mentor.post(path, typed.press(**other), follow=True)
    assert "Another date was chosen just before yours, so we've kept that one." in typed.text(answer)
    assert str(Agreement.objects.get(pk=agreement.pk).review_on) == "2027-02-22"
    assert "Keep or change your agreement" not in typed.see(mentor, at(room))


def test_the_way_is_shown_once_someone_has_said_where_they_are(
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


def test_a_pause_until_a_day_asks_on_it_whether_to_go_on(room: Room, mentee: Client, mentor: Client) -> None:
    path = at(room, "pause/")
    assert mentee.post(path, typed.press(day_0="31", day_1="2", day_2="2027")).status_code == 422
    assert mentee.post(path, typed.press(day_0="1", day_1="12", day_2="2026")).status_code == 302
    assert "Your mentoring is paused until Tuesday 1 December 2026" in typed.see(mentor, at(room))
    Mentorship.objects.update(paused_until=TODAY)
    assert "Would you like to carry on?" in typed.see(mentor, at(room))
    assert "Would you like to go on?" in typed.see(mentor, "/my-mentoring/")
    assert mentor.post(path, typed.press(day_0="1", day_1="2", day_2="2027")).status_code == 302
    assert "Your mentoring is paused until Monday 1 February 2027" in typed.see(mentee, at(room))
    assert mentee.post(at(room, "resume/"), typed.press()).status_code == 302
    assert Mentorship.objects.get().stage == "active"


# --- parts that a scheme does not use, notes, and the end of what is paid for -----------------------------------


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


def test_new_notes_are_marked_until_one_says_that_one_has_read_them(room: Room, mentee: Client, mentor: Client) -> None:
    write_note(room)
    assert "Notes</a> <strong" in typed.see(mentor, at(room))
    page = typed.see(mentor, at(room, "notes/"))
    assert "I've read these" in page
    assert "I've read these" not in typed.see(mentee, at(room, "notes/")), "one's own are no news"
    assert mentor.post(at(room, "notes/read/"), {"seen": "yesterday"}).status_code == 302
    assert "I've read these" in typed.see(mentor, at(room, "notes/"))
    assert mentor.post(at(room, "notes/read/"), {"seen": NOW.isoformat()}).status_code == 302
    assert "I've read these" not in typed.see(mentor, at(room, "notes/"))
    assert "Notes</a> <strong" not in typed.see(mentor, at(room))


def test_when_the_funded_sessions_are_used_the_room_says_what_is_possible(room: Room, mentee: Client) -> None:
    Scheme.objects.update(allowance=2, beyond_allowance=False)
    room.agree_both()
    for days in (3, 5):
        room.schedule(plan(days))
    page = typed.see(mentee, at(room, "sessions/new/"))
    assert "Move your session on Thursday 26 November 2026" in page
    assert room.cast.scheme.contact_email in page
    assert mentee.post(at(room, "sessions/new/"), typed.session()).status_code == 409
    assert "Book another session" not in typed.see(mentee, at(room))
    Session.objects.update(stage="held", starts_at=NOW - timedelta(days=2))
    assert "You've used your funded sessions" in typed.see(mentee, at(room))
    assert "Your funded sessions are used" in typed.see(mentee, "/my-mentoring/")
    mentorships.pause(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    assert "Your mentoring is paused" in typed.see(mentee, at(room))
    assert sessions.allowance_of(Mentorship.objects.get()).forbids
