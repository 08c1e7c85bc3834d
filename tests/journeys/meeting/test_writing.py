"""Messages and notes on the pages: written late, twice, locked out or too late, nothing is lost and nothing doubled."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ithaca.records.mentorships.models import Message, Note, Session
from ithaca.records.mentorships.room.actions import endings, written_record
from ithaca.records.mentorships.room.queries import sides
from ithaca.records.mentorships.writing.actions import messages, notes
from ithaca.records.mentorships.writing.queries import feedback
from ithaca.records.mentorships.writing.queries import messages as messages_queries
from ithaca.records.stages import Party
from ithaca.tools.vault.models import Grant
from tests.cast import NOW, PASSWORD, keyring_of, sign_in
from tests.journeys.meeting import typed
from tests.room import Room

WORDS = "I told them. They laughed & then they did it."
PATIENT = "943 476 5919"


def at(room: Room, rest: str = "messages/") -> str:
    return f"/mentorships/{room.mentorship.pk}/{rest}"


def letter(text: str = WORDS, **more: Any) -> dict[str, Any]:
    return {"text": text, "once": str(uuid4()), **more}


def sent(room: Room) -> list[str | None]:
    rows = list(messages_queries.messages_of(room.mentorship))
    return [word.text for word in messages_queries.shown(rows, None, keyring_of(room.mentee))]


def kept(room: Room) -> list[str]:
    return [Note.text.unseal(row, keyring_of(room.mentee)) for row in Note.objects.order_by("at", "pk")]


def write_note(room: Room, text: str = WORDS, by: Party = Party.MENTEE, alone: bool = False) -> Note:
    keys = keyring_of(room.who(by))
    return notes.write(room.mentorship.pk, text, alone, by, keyring=keys, at=NOW, form=uuid4())


def write_message(room: Room, text: str = WORDS, by: Party = Party.MENTOR, minutes: float = 0) -> Message:
    at = NOW + timedelta(minutes=minutes)
    return messages.send(room.mentorship.pk, text, by, keyring=keyring_of(room.who(by)), at=at, form=uuid4())


def stop(room: Room) -> None:
    endings.end(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())


# --- what the two see ---------------------------------------------------------------------------------


def test_a_message_is_written_in_the_room_and_read_by_the_other(room: Room, mentee: Client, mentor: Client) -> None:
    assert "Read by: you and Omar" in typed.see(mentee, at(room, ""))
    assert mentee.post(at(room, "messages/send/"), letter()).status_code == 302
    found = typed.see(mentor, at(room, ""))
    assert "They laughed &amp; then they did it." in found
    assert "1 new" in found
    newest = Message.objects.get().at.isoformat()
    assert "I've read these" in typed.see(mentor, at(room))
    assert mentor.post(at(room, "messages/read/"), {"seen": newest}).status_code == 302
    assert "1 new" not in typed.see(mentor, at(room, ""))
    assert "I've read these" not in typed.see(mentor, at(room))


def test_answering_counts_as_having_read_what_was_on_the_page_and_no_more(room: Room, mentee: Client) -> None:
    one = write_message(room, "One", minutes=-9)
    write_message(room, "Two, while Mina writes", minutes=-5)
    mentee.post(at(room, "messages/send/"), letter(seen=one.at.isoformat()))
    until = sides.sides_of(room.mentorship, room.mentee.pk).read_until
    assert until == one.at
    for mangled in ("", "yesterday", "2026-13-45T10:00:00+00:00", "2026-11-23T10:00:00"):
        answer = mentee.post(at(room, "messages/send/"), letter(f"Hello {mangled}", seen=mangled))
        assert answer.status_code == 302


def test_taking_a_message_back_in_time_and_too_late(
    room: Room, mentee: Client, mentor: Client, clock: time_machine.Traveller
) -> None:
    message = write_message(room, by=Party.MENTEE)
    path = f"/messages/{message.pk}/take-back/"
    assert mentor.post(path).status_code == 404, "it is its author's alone to take back"
    clock.shift(timedelta(minutes=16))
    answer = mentee.post(path)
    assert answer.status_code == 409
    assert "It's too late to take this message back" in typed.text(answer)
    clock.shift(timedelta(minutes=-10))
    assert mentee.post(path).status_code == 302
    assert "This message was taken back." in typed.see(mentor, at(room))
    assert "You took this message back." in typed.see(mentee, at(room))


def test_a_note_says_who_reads_it_and_ones_own_is_nowhere_for_the_other(
    room: Room, mentee: Client, mentor: Client
) -> None:
    assert "Read by: you and Omar" in typed.see(mentee, at(room, "notes/new/?for=both"))
    assert "Read by: you</span>" in typed.see(mentee, at(room, "notes/new/?for=me"))
    mentee.post(at(room, "notes/new/"), letter("For us two", whose="both"))
    mentee.post(at(room, "notes/new/"), letter("For me", whose="me"))
    mentee.post(at(room, "notes/new/"), letter("Mangled", whose="everyone"))
    found = typed.see(mentor, at(room, "notes/"))
    assert "For us two" in found
    assert "For me" not in found
    assert "Mangled" not in found
    assert mentor.get(f"/notes/{Note.objects.get(alone=False).pk}/change/").status_code == 404
    assert mentor.post(f"/notes/{Note.objects.get(alone=False).pk}/delete/").status_code == 404


def test_changing_and_destroying_a_note(room: Room, mentee: Client) -> None:
    note = write_note(room)
    path = f"/notes/{note.pk}/"
    assert WORDS.split("&")[0] in typed.see(mentee, f"{path}change/")
    assert mentee.post(f"{path}change/", letter("Better", version=1)).status_code == 302
    assert kept(room) == ["Better"]
    assert "Nobody can bring it back." in typed.see(mentee, f"{path}delete/")
    assert mentee.post(f"{path}delete/", typed.press()).status_code == 302
    assert "Your notes will appear here" in typed.see(mentee, at(room, "notes/"))


def test_words_are_looked_for_by_post_and_stand_in_no_address(room: Room, mentee: Client, mentor: Client) -> None:
    write_message(room, "The appraisal is on Monday")
    write_note(room, "Appraisal: bring cake")
    write_note(room, "Appraisal: I am afraid", alone=True)
    assert "Enter a word to search for" in typed.text(mentee.post(at(room, "search/"), {"words": " "}))
    answer = mentor.post(at(room, "search/"), {"words": "APPRAISAL"})
    found = typed.text(answer)
    assert ">2 results<" in found
    assert "I am afraid" not in found
    assert ">0 results<" in typed.text(mentor.post(at(room, "search/"), {"words": "cake monday"}))
    assert "appraisal" not in typed.see(mentor, at(room, "search/?words=appraisal"))


def test_twenty_stand_on_a_page_and_a_thousand_ask_no_more_questions(room: Room, mentee: Client) -> None:
    paths = [at(room), at(room, "?page=2"), at(room, ""), at(room, "notes/"), at(room, "search/")]
    asked: list[list[int]] = []
    for many in (25, 60):
        for number in range(many):
            write_message(room, f"Word {many}-{number}", minutes=-number - 1)
            write_note(room, f"Leaf {many}-{number}")
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                answer = mentee.post(path, {"words": "5"}) if "search" in path else mentee.get(path)
            assert answer.status_code == 200
            counts.append(len(queries))
        asked.append(counts)
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 22, asked
    assert typed.see(mentee, at(room)).count('class="ithaca-message"') == 20


# --- nothing is lost, nothing is doubled --------------------------------------------------------------

PLACES = ["message", "note", "note change", "feedback", "agreement"]


def page_of(room: Room, place: str) -> tuple[str, dict[str, Any]]:
    """Where this is sent, and what is typed there."""
    if place == "message":
        return at(room, "messages/send/"), letter()
    if place == "note":
        return at(room, "notes/new/"), letter(whose="both")
    if place == "note change":
        return f"/notes/{write_note(room, 'Before').pk}/change/", letter(version=1, whose="both")
    if place == "feedback":
        day = NOW - timedelta(days=1)
        held = Session(mentorship=room.mentorship, number=9, stage="held", starts_at=day, proposed_by=room.mentor.pk)
        held.save()
        return f"/sessions/{held.pk}/feedback/", letter(version=0)
    form = {"clause-confidential": "Everything.", "clause-rhythm": WORDS, "version": room.agreement().version}
    return f"/agreements/{room.agreement().pk}/change/", {**form, "once": str(uuid4())}


def stored(room: Room, place: str) -> int:
    """How many times what was typed is kept."""
    from ithaca.records.mentorships.room.queries import agreements

    if place == "message":
        return sent(room).count(WORDS)
    if place == "feedback":
        return [echo.text for echo in feedback.all_feedback(room.mentorship, keyring_of(room.mentee))].count(WORDS)
    if place == "agreement":
        return int(WORDS in str(agreements.wording_of(room.agreement(), keyring_of(room.mentee))))
    return kept(room).count(WORDS)


def holds(answer: HttpResponse) -> bool:
    """Does the page give back what was typed?"""
    return "They laughed &amp; then they did it." in typed.text(answer)


@pytest.mark.parametrize("place", PLACES)
def test_typing_for_half_an_hour_and_saving_after_the_lock_has_fallen(
    room: Room, mentee: Client, clock: time_machine.Traveller, place: str
) -> None:
    path, form = page_of(room, place)
    clock.shift(timedelta(minutes=31))
    answer = mentee.post(path, form)
    assert (answer.status_code, holds(answer), stored(room, place)) == (422, True, 0)
    assert "What you've just written is safe on this page." in typed.text(answer)
    wrong = mentee.post(path, {**form, "unlock-password": "not this one"})
    assert (wrong.status_code, holds(wrong), stored(room, place)) == (422, True, 0)
    for _pressed_twice in range(2):
        assert mentee.post(path, {**form, "unlock-password": PASSWORD}).status_code == 302
    assert stored(room, place) == 1


@pytest.mark.parametrize("place", PLACES)
def test_saving_after_having_been_signed_out(room: Room, place: str) -> None:
    path, form = page_of(room, place)
    client = Client()
    answer = client.post(path, form)
    assert (answer.status_code, holds(answer), stored(room, place)) == (422, True, 0)
    given = {"sign-in-login": room.mentee.email, "sign-in-password": PASSWORD}
    assert client.post(path, {**form, **given}).status_code == 302
    assert stored(room, place) == 1


@pytest.mark.parametrize("place", PLACES)
def test_pressing_twice_and_in_two_windows_writes_once(room: Room, mentee: Client, place: str) -> None:
    path, form = page_of(room, place)
    another_window = sign_in(Client(), room.mentee)
    for client in (mentee, mentee, another_window):
        assert client.post(path, form).status_code == 302
    assert stored(room, place) == 1


@pytest.mark.parametrize("place", PLACES)
def test_saving_after_the_other_has_ended(room: Room, mentee: Client, place: str) -> None:
    path, form = page_of(room, place)
    stop(room)
    answer = mentee.post(path, form)
    assert (answer.status_code, holds(answer), stored(room, place)) == (409, True, 0)
    assert "Your mentoring has ended, so you can't add anything" in typed.text(answer)


@pytest.mark.parametrize("place", ["message", "note", "note change", "feedback"])
def test_saving_with_a_new_key_that_does_not_fit_this_room(room: Room, mentee: Client, place: str) -> None:
    path, form = page_of(room, place)
    Grant.objects.filter(holder=room.mentee.pk).delete()
    answer = mentee.post(path, form)
    assert (answer.status_code, holds(answer)) == (409, True)
    assert "You've set up your private pages again" in typed.text(answer)


@pytest.mark.parametrize("place", ["message", "note", "note change", "feedback"])
def test_saving_after_the_other_has_switched_writing_off(room: Room, mentee: Client, place: str) -> None:
    path, form = page_of(room, place)
    written_record.stop_writing(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW)
    answer = mentee.post(path, form)
    assert (answer.status_code, holds(answer), stored(room, place)) == (409, True, 0)
    assert "One of you has turned writing off" in typed.text(answer)


@pytest.mark.parametrize("place", ["message", "note"])
def test_other_words_from_a_page_that_was_sent_before_are_not_swallowed(room: Room, mentee: Client, place: str) -> None:
    path, form = page_of(room, place)
    mentee.post(path, {**form, "text": "The first"})
    answer = mentee.post(path, form)
    assert (answer.status_code, holds(answer), stored(room, place)) == (409, True, 0)
    anew = re.findall(r'name="once" value="([^"]+)"', answer.content.decode())[-1]
    assert anew != form["once"]
    for _pressed_twice in range(2):
        assert mentee.post(path, {**form, "once": anew}).status_code == 302
    assert stored(room, place) == 1


def test_a_note_changed_in_an_old_window_shows_both_and_one_that_is_gone_gives_the_words_back(
    room: Room, mentee: Client
) -> None:
    path, form = page_of(room, "note change")
    mentee.post(path, letter("From the other window", version=1))
    answer = mentee.post(path, form)
    found = typed.text(answer)
    assert (answer.status_code, holds(answer), "From the other window" in found) == (409, True, True)
    assert mentee.post(path, {**form, "version": 2}).status_code == 302
    assert kept(room) == [WORDS]
    assert mentee.post(path.replace("change", "delete"), typed.press()).status_code == 302
    answer = mentee.post(path, {**form, "version": 3})
    assert (answer.status_code, holds(answer)) == (404, True)


@pytest.mark.parametrize(("text", "message"), [("", "first"), ("x" * 10_001, "10000 characters or fewer")])
@pytest.mark.parametrize("place", ["message", "note", "note change", "feedback"])
def test_what_is_wrong_is_said_at_its_place(room: Room, mentee: Client, place: str, text: str, message: str) -> None:
    path, form = page_of(room, place)
    answer = mentee.post(path, {**form, "text": text})
    assert answer.status_code == 422
    assert message in typed.text(answer)
    assert text in answer.content.decode()


# --- patients -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES)
def test_a_number_that_may_be_a_patients_is_cautioned_against_once(room: Room, mentee: Client, place: str) -> None:
    path, form = page_of(room, place)
    box = "clause-confidential" if place == "agreement" else "text"
    form[box] = f"{WORDS} {PATIENT}"
    answer = mentee.post(path, form)
    found = typed.text(answer)
    assert answer.status_code == 200
    assert "Is this a patient's NHS number?" in found
    assert PATIENT in found
    assert not any(PATIENT in str(text) for text in [*sent(room), *kept(room)])
    heeded = PATIENT.replace(" ", "")
    assert f'name="heeded" value="{heeded}"' in found
    other = mentee.post(path, {**form, box: "401 023 2137", "heeded": heeded})
    assert "Is this a patient's NHS number?" in typed.text(other), "another number is warned of anew"
    assert mentee.post(path, {**form, "heeded": heeded}).status_code == 302


def test_a_last_word_with_a_patients_number_is_cautioned_against_too(room: Room, mentee: Client) -> None:
    form = {"words": PATIENT, "once": str(uuid4())}
    assert "Is this a patient's NHS number?" in typed.text(mentee.post(at(room, "end/"), form))
    room.mentorship.refresh_from_db()
    assert room.mentorship.stage == "active"
    assert mentee.post(at(room, "end/"), {**form, "heeded": PATIENT.replace(" ", "")}).status_code == 302


# --- no written record ----------------------------------------------------------------------------------


def test_switching_writing_off_leaves_no_boxes_and_both_can_destroy(room: Room, mentee: Client, mentor: Client) -> None:
    write_message(room)
    record = at(room, "written-record/")
    assert mentor.post(f"{record}stop/", typed.press()).status_code == 302
    for path in (at(room, ""), at(room), at(room, "notes/")):
        assert "<textarea" not in typed.see(mentee, path)
        assert "Omar has turned writing off" in typed.see(mentee, path)
    assert "They laughed" in typed.see(mentee, at(room))
    assert mentee.get(at(room, "notes/new/")).status_code == 302
    mentee.post(f"{record}destroy/", typed.press())
    assert "Mina has asked to destroy everything you wrote" in typed.see(mentor, record)
    mentor.post(f"{record}destroy/", typed.press())
    assert Message.objects.count() == 0
    mentor.post(f"{record}go-on/", typed.press())
    assert "<textarea" in typed.see(mentee, at(room, ""))


def test_a_locked_room_shows_no_word_and_still_takes_one(room: Room, locked: Client) -> None:
    write_message(room)
    found = typed.see(locked, at(room, ""))
    assert "Unlock to read it" in found
    assert "They laughed" not in found
    assert locked.get(at(room)).status_code == 302
    assert holds(locked.post(at(room, "messages/send/"), letter()))
