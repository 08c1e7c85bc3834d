"""What the two did together, and a copy to keep: all that one may read, nothing of the other's own, nobody told."""

import html
import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4

import time_machine
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ithaca.journeys.meeting import copy_files
from ithaca.records.mentorships.models import Attachment, Commitment, Goal, GoalStep, Introduction, Message, Side
from ithaca.records.mentorships.room.actions import endings, mentorships, sessions
from ithaca.records.mentorships.writing.actions import feedback, messages, notes, phases
from ithaca.records.mentorships.writing.queries import copies, timeline
from ithaca.records.mentorships.writing.queries.notes import NotePlace
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.files.cleaning import CleanFile
from ithaca.tools.files.kinds import Kind
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, PASSWORD, keyring_of, sign_in
from tests.journeys.meeting import typed
from tests.room import STORY, Room, columns, plan, sealed

ROTA = CleanFile("rota & more.txt", Kind.TEXT, b"Monday: Mina.")


def at(room: Room, rest: str = "copy/") -> str:
    return f"/mentorships/{room.mentorship.pk}/{rest}"


def live_in(room: Room) -> None:
    """Something in every place where something can be written."""
    keys = {party: keyring_of(room.who(party)) for party in (Party.MENTEE, Party.MENTOR)}
    mentee, mentor = keys[Party.MENTEE], keys[Party.MENTOR]
    pk = room.mentorship.pk
    Scheme.objects.filter(pk=room.cast.scheme.pk).update(goals=True, phases=True)
    room.change({"rhythm": "Every <Tuesday>."}, Party.MENTOR)
    room.agree_both()
    session = room.schedule(plan(0.2))
    sessions.say(session, True, Party.MENTEE, actor=room.mentee.pk, at=NOW + timedelta(hours=8), form=None)
    messages.send(pk, "A <b>word</b>", Party.MENTEE, files=[ROTA], keyring=mentee, at=NOW, form=None)
    soon = NOW + timedelta(minutes=1)
    back = messages.send(pk, "Sent in haste", Party.MENTEE, keyring=mentee, at=soon, form=None)
    messages.take_back(back, Party.MENTEE, at=soon)
    notes.write(pk, "For us two", False, Party.MENTOR, keyring=mentor, at=NOW, form=None)
    notes.write(pk, "For Mina alone", True, Party.MENTEE, keyring=mentee, at=NOW, form=None)
    notes.write(pk, "For Omar alone", True, Party.MENTOR, keyring=mentor, at=NOW, form=None)
    phases.say(pk, "direction", Party.MENTEE, keyring=mentee, at=NOW, form=None)
    session.refresh_from_db()
    late = NOW + timedelta(hours=9)
    feedback.give(session, "You asked well.", 0, Party.MENTEE, keyring=mentee, at=late, form=None)
    about = {"mentorship": room.mentorship, "at": NOW, "stage_since": NOW}
    goal = Goal(stage="achieved", **about)
    goal.words = Goal.words.seal(goal, "Leave at five", mentee)
    goal.measure = Goal.measure.seal(goal, "Four days of five", mentee)
    goal.save()
    step = GoalStep(goal=goal, stage="done", **about)
    step.words = GoalStep.words.seal(step, "Say so in May", mentee)
    step.by_when = GoalStep.by_when.seal(step, "2026-12-24", mentee)
    step.learned = GoalStep.learned.seal(step, "Nobody minded", mentee)
    step.save()
    test = Commitment(mentorship=room.mentorship, at=NOW, goal_step=step)
    test.score = Commitment.score.seal(test, "7", mentee)
    test.better = Commitment.better.seal(test, "A lock on the door", mentee)
    test.save()
    met = Introduction.objects.get()
    met.question = Introduction.question.seal(met, '["When did it begin?"]', mentor)
    met.answer = Introduction.answer.seal(met, '["In spring."]', mentee)
    met.save()
    side = Side.objects.get_or_create(mentorship=room.mentorship, person=room.mentee.pk)[0]
    side.replies = Side.replies.seal(side, '["wed"]')
    side.roles = Side.roles.seal(side, '{"challenger": 3}', mentee)
    side.save()
    spot = NotePlace("grow.goal")
    notes.write(pk, "A map of it", False, Party.MENTEE, spot=spot, keyring=mentee, at=NOW, form=None)


NOT_IN_A_COPY = {
    *("Introduction.score_parts", "Introduction.others", "MentoringRequest.answers", "MentoringRequest.signposts"),
    *("Introduction.reason", "MentoringRequest.story", "Introduction.chat"),  # before there was a room
    "Side.seen",  # how far one has read
    "Ending.words",  # of a room that has ended: see below
}
EVERYTHING = (
    STORY,
    "Every <Tuesday>.",
    "A <b>word</b>",
    "For us two",
    "You asked well.",
    "Leave at five",
    "Four days of five",
    "Say so in May",
    "Thursday 24 December 2026",
    "Nobody minded",
    "7 out of 10. A lock on the door",
    "When did it begin?",
    "In spring.",
    "Wednesday",
    "Challenger: 3",
    "A map of it",
    "https://meet.example/abc",
    "Finding a direction",
)


def data_of(client: Client, room: Room) -> dict[str, Any]:
    answer = client.post(at(room), typed.press(kind="json"))
    assert answer["Content-Type"] == "application/json"
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_there_is_something_in_every_place_that_a_copy_holds(room: Room) -> None:
    live_in(room)
    assert columns() - sealed() <= NOT_IN_A_COPY


def test_the_data_hold_all_that_one_may_read_and_nothing_of_the_others_own(
    room: Room, mentee: Client, mentor: Client
) -> None:
    live_in(room)
    mine, theirs = data_of(mentee, room), data_of(mentor, room)
    for found in (mine, theirs):
        texts = "\n".join(str(entry["text"]) for part in found["parts"] for entry in part["entries"])
        assert [words for words in EVERYTHING if words not in texts] == []
        assert "Sent in haste" not in texts
        assert all(entry["opens"] for part in found["parts"] for entry in part["entries"])
    assert "For Mina alone" in str(mine)
    assert "For Omar alone" not in str(mine)
    assert "For Mina alone" not in str(theirs)
    assert {key: mine[key] for key in ("format", "version", "you", "other", "you_are")} == {
        "format": "ithaca-room",
        "version": 1,
        "you": room.mentee.name,
        "other": room.mentor.name,
        "you_are": "mentee",
    }
    first = next(part for part in theirs["parts"] if part["key"] == "messages")["entries"][0]
    assert (first["by"], first["at"]) == ("other", NOW.isoformat())
    assert first["files"] == [{"name": ROTA.name, "type": "text/plain", "bytes": len(ROTA.data), "path": None}]


def test_the_page_and_the_paper_are_for_people(room: Room, mentee: Client) -> None:
    live_in(room)
    answer = mentee.post(at(room), typed.press(kind="html"))
    page = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="room-2026-11-23.html"'
    assert answer["Cache-Control"] == "no-store"
    assert "A &lt;b&gt;word&lt;/b&gt;" in page
    assert "<script" not in page
    assert "http:" not in page
    assert "https:" not in page.replace("https://meet.example", "")
    assert "rota &amp; more.txt" in page
    paper = mentee.post(at(room), typed.press(kind="pdf"))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert re.fullmatch(r'attachment; filename="room-2026-11-23\.pdf"', paper["Content-Disposition"])


def test_the_package_holds_the_files_and_says_which_do_not_open(room: Room, mentee: Client) -> None:
    live_in(room)
    rota = Attachment.objects.get()
    file, keys, later = CleanFile("lost.txt", Kind.TEXT, b"L"), keyring_of(room.mentee), NOW + timedelta(hours=2)
    sent = messages.send(room.mentorship.pk, "", Party.MENTEE, files=[file], keyring=keys, at=later, form=None)
    Attachment.objects.filter(message=sent).update(data=rota.data)
    answer = mentee.post(at(room), typed.press(kind="zip"))
    assert isinstance(answer, StreamingHttpResponse)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as packed:  # type: ignore[arg-type]  # of a sync view
        assert packed.testzip() is None
        assert packed.namelist() == ["files/001 rota & more.txt", "room.json", "room.html"]
        assert packed.read("files/001 rota & more.txt") == ROTA.data
        page, data = packed.read("room.html").decode(), packed.read("room.json").decode()
    assert 'href="files/001%20rota%20%26%20more.txt"' in page
    assert re.search(r"lost\.txt\s*<span[^>]*>\(we couldn't unlock this for you", page)
    assert '"path": "files/001 rota & more.txt"' in data


def test_what_does_not_open_is_said_and_stops_nothing_else(room: Room) -> None:
    live_in(room)
    keys = keyring_of(room.mentee)
    elsewhere = Message(mentorship=room.mentorship, author=room.mentee.pk)
    forged = Message.text.seal(elsewhere, "Moved from elsewhere", keys)
    Message.objects.create(mentorship=room.mentorship, author=room.mentor.pk, at=NOW + timedelta(hours=1), text=forged)
    found = copies.copy_of(room.mentorship, Party.MENTEE, keys, NOW)
    assert found.closed == 1
    texts = [entry.text for part in found.parts if part.key == "messages" for entry in part.entries]
    assert texts == ["A <b>word</b>", "", None]
    assert "We couldn't unlock one thing for you" in html.unescape(copy_files.page(found))


def test_with_a_new_key_the_facts_can_still_be_kept(room: Room) -> None:
    live_in(room)
    found = copies.copy_of(room.mentorship, Party.MENTEE, keyring_of(room.cast.stranger), NOW)
    parts = {part.key: part.entries for part in found.parts}
    assert "You met for 60 minutes. Video call." in [entry.about for entry in parts["timeline"]]
    assert parts["sessions"][0].text == "60 minutes, Video call, https://meet.example/abc"
    assert {entry.text for key in ("messages", "goals", "feedback") for entry in parts[key]} <= {None, ""}
    assert f"We couldn't unlock {found.closed} things for you" in html.unescape(copy_files.page(found))


def test_the_password_is_asked_for_again_and_nobody_is_told(
    room: Room, mentee: Client, clock: time_machine.Traveller
) -> None:
    live_in(room)
    before = (Step.objects.count(), OutboxLetter.objects.count())
    assert "We won't tell Omar" in typed.see(mentee, at(room))
    clock.shift(timedelta(minutes=6))
    asked = mentee.get(at(room))
    assert (asked.status_code, "/unlock/" in asked["Location"]) == (302, True)
    form = typed.press(kind="json")
    locked = mentee.post(at(room), form)
    assert (locked.status_code, "For Mina alone" in locked.content.decode()) == (422, False)
    wrong = mentee.post(at(room), {**form, "unlock-password": "not this one"})
    assert (wrong.status_code, wrong["Content-Type"]) == (422, "text/html; charset=utf-8")
    right = mentee.post(at(room), {**form, "unlock-password": PASSWORD})
    assert "For Mina alone" in right.content.decode()
    assert (Step.objects.count(), OutboxLetter.objects.count()) == before
    mangled = mentee.post(at(room), typed.press(kind="exe"))
    assert (mangled.status_code, "Save a copy" in typed.text(mangled)) == (200, True)


def test_after_the_ending_a_copy_can_still_be_kept(room: Room, mentee: Client) -> None:
    live_in(room)
    words = {"words": "Thank you, Omar.", "keyring": keyring_of(room.mentee)}
    endings.end(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4(), **words)
    closing = typed.see(mentee, at(room, "ending/"))
    assert at(room) in closing
    assert "Thank you, Omar." in str(data_of(mentee, room))


def test_to_everyone_else_neither_exists(room: Room) -> None:
    for other in ("coordinator", "deputy", "stranger", "outsider"):
        client = sign_in(Client(), room.cast.people[other])
        for rest in ("copy/", "timeline/", "timeline/unlocked/"):
            assert client.get(at(room, rest)).status_code == 404
            assert client.post(at(room, rest), typed.press(kind="json")).status_code == 404


# --- what they did together -------------------------------------------------------------------------------


def test_the_timeline_fills_itself(room: Room, mentee: Client) -> None:
    room.mentorship.held_before = 3
    room.mentorship.save()
    live_in(room)
    page = typed.see(mentee, at(room, "timeline/"))
    facts = [
        "You began.",
        "You had met 3 times before.",
        "You agreed how you'll work together.",
        "You met for 60 minutes.",
    ]
    assert [words for words in (*facts, "Leave at five", "Finding a direction") if words not in page] == []
    assert "For Mina alone" not in page
    locked = sign_in(Client(), room.mentee, locked=True)
    closed = typed.see(locked, at(room, "timeline/"))
    assert "You met for 60 minutes." in closed
    assert "Leave at five" not in closed
    assert "Unlock to see your goals here too" in closed
    assert "/unlock/" in locked.get(at(room, "timeline/unlocked/"))["Location"]


def test_pauses_new_words_and_the_ending_have_their_days(room: Room) -> None:
    pk = room.mentorship.pk
    room.agree_both()
    mentorships.pause(pk, Party.MENTOR, actor=room.mentor.pk, at=NOW + timedelta(days=40), form=None)
    mentorships.resume(pk, Party.MENTEE, actor=room.mentee.pk, at=NOW + timedelta(days=70), form=None)
    room.change({"rhythm": "Weekly."}, Party.MENTEE)
    room.agree(Party.MENTEE, at=NOW + timedelta(days=80))
    room.agree(Party.MENTOR, at=NOW + timedelta(days=81))
    endings.end(pk, Party.MENTOR, actor=room.mentor.pk, at=NOW + timedelta(days=90), form=None)
    room.mentorship.refresh_from_db()
    found = [((line.on - NOW.date()).days, line.text) for line in timeline.lines_of(room.mentorship, None)]
    assert found == [
        (0, "You began."),
        (0, "You agreed how you'll work together."),
        (40, "You paused."),
        (70, "You carried on after the pause."),
        (81, "You agreed new wording."),
        (90, "Your mentoring ended."),
    ]
    copy = copies.copy_of(room.mentorship, Party.MENTEE, keyring_of(room.mentee), NOW + timedelta(days=91))
    agreed = next(part.entries for part in copy.parts if part.key == "agreement")
    assert [(entry.at - NOW).days for entry in agreed if entry.at] == [0, 81], "each by the day it was agreed"


def test_a_scheme_without_goals_and_phases_shows_none(room: Room, mentee: Client) -> None:
    live_in(room)
    Scheme.objects.filter(pk=room.cast.scheme.pk).update(goals=False, phases=False)
    page = typed.see(mentee, at(room, "timeline/"))
    assert "Leave at five" not in page
    assert "Finding a direction" not in page


def test_a_copy_asks_no_more_questions_however_much_there_is(room: Room, mentee: Client) -> None:
    asked = []
    for many in (2, 12):
        for number in range(many):
            keys = keyring_of(room.mentee)
            file = CleanFile(f"{number}.txt", Kind.TEXT, b"%d" % number)
            messages.send(room.mentorship.pk, "Word", Party.MENTEE, files=[file], keyring=keys, at=NOW, form=None)
            notes.write(room.mentorship.pk, "Leaf", False, Party.MENTEE, keyring=keys, at=NOW, form=None)
        counts = []
        for kind in ("json", "html"):
            with CaptureQueriesContext(connection) as queries:
                assert mentee.post(at(room), typed.press(kind=kind)).status_code == 200
            counts.append(len(queries))
        asked.append(counts)
    assert asked[0] == asked[1]
