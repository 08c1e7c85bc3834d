"""The agreement, as it is read, changed and agreed on the pages."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.mentorships.actions import agreeing, ending
from ithaca.records.mentorships.models import Contract
from ithaca.records.stages import Party
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, keyring_of
from tests.journeys.meeting import typed
from tests.room import Room

WALK = "Every six weeks, on a walk."


def page(room: Room) -> str:
    return f"/mentorships/{room.mentorship.pk}/agreement/"


def at(room: Room, verb: str) -> str:
    return f"/agreements/{room.contract().pk}/{verb}/"


def words(room: Room, **changes: Any) -> dict[str, Any]:
    form = {"clause-confidential": "Everything, unless the law says not.", "clause-rhythm": WALK}
    return {**form, "version": room.contract().version, "once": str(uuid4()), **changes}


def yes(room: Room, client: Client, **more: Any) -> Any:
    return client.post(at(room, "agree"), typed.press(version=room.contract().version) | more)


def test_both_agree_in_one_press_each(room: Room, mentee: Client, mentor: Client) -> None:
    assert "I agree to this" in typed.see(mentee, page(room))
    assert yes(room, mentee).status_code == 302
    found = typed.see(mentee, page(room))
    assert "I agree to this" not in found
    assert "It holds when Omar agrees too." in found
    assert yes(room, mentor).status_code == 302
    assert "You both agreed on Monday 23 November 2026." in typed.see(mentor, page(room))
    assert Contract.objects.get().stage == "in_force"


def test_pressing_twice_in_two_tabs_is_one_yes(room: Room, mentee: Client) -> None:
    for _tab in range(2):
        assert yes(room, mentee).status_code == 302
    assert Contract.objects.get().stage == "agreed_by_one"
    assert OutboxLetter.objects.count() == 1


def test_a_change_is_shown_to_the_other_word_by_word(room: Room, mentee: Client, mentor: Client) -> None:
    assert mentee.post(at(room, "change"), words(room)).status_code == 302
    found = typed.see(mentor, page(room))
    assert WALK in found
    assert "Mina changed these words." in found
    assert "<del>" in found
    assert "<ins>" in found
    assert "Only you and your mentee can read this" in found
    assert "You changed these words." in typed.see(mentee, page(room))


def test_agreeing_to_words_that_changed_meanwhile_shows_the_new_ones_and_asks_again(
    room: Room, mentee: Client, mentor: Client
) -> None:
    seen = room.contract().version
    mentee.post(at(room, "change"), words(room))
    answer = yes(room, mentor, version=seen)
    found = typed.text(answer)
    assert answer.status_code == 409
    assert "The words changed meanwhile" in found
    assert WALK in found
    assert Contract.objects.get().mentor_agreed_at is None
    assert yes(room, mentor).status_code == 302
    assert Contract.objects.get().mentor_agreed_at is not None


@pytest.mark.parametrize("version", ["", "x", "-3", "9" * 30])
def test_a_mangled_version_agrees_to_nothing(room: Room, mentee: Client, version: str) -> None:
    assert yes(room, mentee, version=version).status_code == 409
    assert Contract.objects.get().stage == "draft"


def test_two_who_change_at_once_lose_nothing(room: Room, mentee: Client, mentor: Client) -> None:
    seen = room.contract().version
    mentee.post(at(room, "change"), words(room, version=seen))
    mine = words(room, version=seen, **{"clause-rhythm": "Weekly, by telephone."})
    answer = mentor.post(at(room, "change"), mine)
    found = typed.text(answer)
    assert answer.status_code == 409
    assert "Weekly, by telephone." in found
    assert WALK in found
    again = words(room, **{"clause-rhythm": "Weekly, by telephone."})
    assert mentor.post(at(room, "change"), again).status_code == 302
    assert agreeing.opened(room.contract(), keyring_of(room.mentee)) == {"rhythm": "Weekly, by telephone."}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "or say that you leave it out"),
        ("  ", "or say that you leave it out"),
        ("x" * 3001, "must be 3000 characters or fewer"),
        ("a\x00b", "hidden character"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(room: Room, mentee: Client, text: str, message: str) -> None:
    form = words(room, **{"clause-rhythm": text, "clause-confidential": "All of it. 🙂"})
    answer = mentee.post(at(room, "change"), form)
    found = typed.text(answer)
    assert answer.status_code == 422
    assert message in found
    assert "All of it. 🙂" in found
    assert Contract.objects.get().wording is None


def test_any_script_is_kept_as_it_is(room: Room, mentee: Client) -> None:
    mentee.post(at(room, "change"), words(room, **{"clause-rhythm": "Bob mis 🙂\r\n<script>alert(1)</script>"}))
    assert agreeing.opened(room.contract(), keyring_of(room.mentor)) == {
        "rhythm": "Bob mis 🙂\n<script>alert(1)</script>"
    }
    assert "<script>alert(1)" not in mentee.get(page(room)).content.decode()


def test_the_lock_falls_while_typing_and_the_words_come_back(room: Room, locked: Client) -> None:
    answer = locked.post(at(room, "change"), words(room))
    found = typed.text(answer)
    assert answer.status_code < 500
    assert WALK in found
    assert Contract.objects.get().wording is None


def test_the_schemes_own_text_can_be_read_and_agreed_while_locked(room: Room, locked: Client) -> None:
    assert "About once a month." in typed.see(locked, page(room))
    assert yes(room, locked).status_code == 302
    assert Contract.objects.get().stage == "agreed_by_one"


def test_words_of_their_own_need_an_open_key(room: Room, locked: Client) -> None:
    room.change({"rhythm": WALK}, Party.MENTOR)
    assert WALK not in typed.text(locked.get(page(room), follow=True))


def test_words_typed_into_a_room_that_closed_meanwhile_come_back(room: Room, mentee: Client) -> None:
    form, path = words(room), at(room, "change")
    ending.end(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    answer = mentee.post(path, form)
    assert answer.status_code == 409
    assert WALK in typed.text(answer)


def test_an_amendment_waits_beside_what_holds_and_can_be_set_aside(room: Room, mentee: Client, mentor: Client) -> None:
    room.agree_both()
    assert mentee.post(at(room, "change"), words(room)).status_code == 302
    found = typed.see(mentor, page(room))
    assert "New words for your agreement" in found
    assert "What you agreed on Monday 23 November 2026 still holds." in found
    assert "What is new since you last agreed" in found
    assert "About once a month." in typed.see(mentor, page(room) + "print/"), "what holds is what is printed"
    assert mentor.post(at(room, "set-aside"), typed.press()).status_code == 302
    assert "New words" not in typed.see(mentor, page(room))


def test_setting_aside_what_was_agreed_meanwhile_is_answered_kindly(room: Room, mentee: Client, mentor: Client) -> None:
    room.agree_both()
    mentee.post(at(room, "change"), words(room))
    path = at(room, "set-aside")
    room.agree_both()
    assert mentor.post(path, typed.press()).status_code == 409
    assert room.contract().stage == "in_force"


def test_the_page_to_print_says_who_agreed_and_when(room: Room, mentor: Client) -> None:
    room.agree_both()
    found = typed.see(mentor, page(room) + "print/")
    assert "Agreed by Omar Reed and Mina Patel on Monday 23 November 2026." in found
