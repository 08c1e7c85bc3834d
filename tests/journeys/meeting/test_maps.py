"""Maps: places to visit in any order, whose notes are notes like all others."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.mentorships.models import Note
from ithaca.records.mentorships.room.actions import endings, written_record
from ithaca.records.mentorships.rules import maps
from ithaca.records.mentorships.writing.actions import notes
from ithaca.records.mentorships.writing.queries import notes as notes_queries
from ithaca.records.mentorships.writing.queries.notes import NotePlace
from ithaca.records.stages import Party
from ithaca.tools.vault.errors import NotGranted, Refused
from tests.cast import NOW, keyring_of, make_cast
from tests.journeys.meeting import typed
from tests.room import Room, make_room, plan

PAGES = {"grow": maps.GROW, "skilled-helper": maps.HELPER}


@pytest.fixture
def room(db: None) -> Room:
    return make_room(make_cast(goals=True, maps=True))


def at(room: Room, rest: str = "maps/grow/") -> str:
    return f"/mentorships/{room.mentorship.pk}/{rest}"


def note(room: Room, text: str, spot: NotePlace, alone: bool = False, by: Party = Party.MENTEE) -> Note:
    keys = keyring_of(room.who(by))
    return notes.write(room.mentorship.pk, text, alone, by, spot=spot, keyring=keys, at=NOW, form=uuid4())


def test_each_place_of_the_picture_leads_to_its_questions_on_the_same_page(room: Room, mentee: Client) -> None:
    for path, chosen in PAGES.items():
        page = typed.see(mentee, at(room, f"maps/{path}/"))
        picture = page[page.index("ithaca-map__picture") : page.index("ithaca-map__list")]
        for place in chosen.places:
            assert f'href="#{place.anchor}"' in picture
            assert page.count(f'id="{place.anchor}"') == 1
            assert 2 <= len(place.prompts) <= 4
            assert all(str(prompt).replace("'", "&#x27;") in page or str(prompt) in page for prompt in place.prompts)
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids)), "every box has a name of its own"
        assert not re.search(r'style="|<script(?! type="module" src)', page[page.index("<main") :]), "a strict CSP"


def test_a_note_is_kept_at_its_place_by_either_for_both_or_for_one(room: Room, mentee: Client, mentor: Client) -> None:
    form = {"place": "grow.reality", "experience": "on"}
    answer = mentee.post(at(room, "notes/new/"), typed.press(text="It is loud", whose="both", **form))
    assert answer["Location"] == at(room, "maps/grow/#reality"), "the place stays in the browser"
    mentee.post(at(room, "notes/new/"), typed.press(text="I am afraid", whose="me", **form))
    mentor.post(at(room, "notes/new/"), typed.press(text="Mine was loud too", whose="both", **form))
    page = typed.see(mentor, at(room))
    place = page[page.index('id="reality"') : page.index('id="options"')]
    assert "It is loud" in place
    assert "What you did" in place
    assert "I am afraid" not in page
    assert "3 notes" in typed.see(mentee, at(room))
    assert "2 notes" in page
    assert "GROW: Where you are" in typed.see(mentor, at(room, "notes/"))
    assert "It is loud" not in typed.see(mentor, at(room, "maps/skilled-helper/"))
    found = typed.text(mentor.post(at(room, "search/"), {"words": "loud"}))
    assert ">2 results<" in found
    assert "GROW: Where you are" in found


def test_nobody_else_learns_where_a_note_stands(room: Room) -> None:
    shared, alone = note(room, "One", NotePlace("grow.will")), note(room, "Two", NotePlace("grow.will"), alone=True)
    for row in (shared, alone):
        assert row.place is not None
        assert b"grow" not in bytes(row.place)
    with pytest.raises(NotGranted):
        notes_queries.place_of(shared, keyring_of(room.cast.coordinator))
    with pytest.raises(Refused):
        notes_queries.place_of(alone, keyring_of(room.mentor))
    shared.place, alone.place = alone.place, shared.place
    for row in (shared, alone):
        with pytest.raises(Refused):
            notes_queries.place_of(row, keyring_of(room.mentee))
    with pytest.raises(ValueError, match="mentor's to offer"):
        note(room, "I did that", NotePlace("grow.will", experience=True))


def test_a_map_can_be_used_locked_paused_over_and_without_a_record(room: Room, mentee: Client, locked: Client) -> None:
    note(room, "It is loud", NotePlace("grow.reality"))
    page = typed.see(locked, at(room))
    assert "Unlock to read them" in page
    assert "What have you tried" in page
    assert "It is loud" not in page
    answer = locked.post(at(room, "notes/new/"), typed.press(text="Late", whose="both", place="grow.goal"))
    assert answer.status_code == 422
    assert 'value="grow.goal"' in answer.content.decode(), "it is carried through the unlock page"
    written_record.stop_writing(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW)
    page = typed.see(mentee, at(room))
    assert "Omar has turned writing off" in page
    assert "<textarea" not in page
    assert "It is loud" in page
    endings.end(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    page = typed.see(mentee, at(room))
    assert "Your mentoring has ended" in page
    assert "It is loud" in page


def test_what_was_typed_on_a_map_comes_back_with_its_place(room: Room, mentee: Client) -> None:
    form = typed.press(text="943 476 5919", whose="both", place="helper.blind-spots")
    page = typed.text(mentee.post(at(room, "notes/new/"), form))
    assert "Is this a patient's NHS number?" in page
    assert "The Skilled Helper: What I may not see" in page
    assert 'value="helper.blind-spots"' in page
    mentee.post(at(room, "notes/new/"), {**form, "heeded": "9434765919"})
    leaves = notes_queries.notes_by_place(room.mentorship, keyring_of(room.mentee))
    assert list(leaves) == ["helper.blind-spots"]


def test_a_map_is_at_hand_in_the_hour_of_a_session_and_not_before(room: Room, mentee: Client) -> None:
    room.agree_both()
    now, later = room.schedule(plan(1 / 96)), room.schedule(plan(7))
    assert "maps/grow/" in typed.see(mentee, f"/sessions/{now.pk}/")
    assert "maps/grow/" not in typed.see(mentee, f"/sessions/{later.pk}/")
