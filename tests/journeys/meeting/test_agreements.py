"""The agreement, as it is read, changed and agreed on the pages."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.mentorships.models import Agreement
from ithaca.records.mentorships.room.actions import endings
from ithaca.records.mentorships.room.queries import agreements as agreements_queries
from ithaca.records.stages import Party
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, keyring_of
from tests.journeys.meeting import typed
from tests.room import Room

WALK = "Every six weeks, on a walk."


def page(room: Room) -> str:
    return f"/mentorships/{room.mentorship.pk}/agreement/"


def at(room: Room, verb: str) -> str:
    return f"/agreements/{room.agreement().pk}/{verb}/"


def words(room: Room, **changes: Any) -> dict[str, Any]:
    form = {"clause-confidential": "Everything, unless the law says not.", "clause-rhythm": WALK}
    return {**form, "version": room.agreement().version, "once": str(uuid4()), **changes}


def yes(room: Room, client: Client, **more: Any) -> Any:
    return client.post(at(room, "agree"), typed.press(version=room.agreement().version) | more)


def test_both_agree_in_one_press_each(room: Room, mentee: Client, mentor: Client) -> None:
    assert "I agree to this" in typed.see(mentee, page(room))
    assert yes(room, mentee).status_code == 302
    found = typed.see(mentee, page(room))
    assert "I agree to this" not in found
    assert "It takes effect when Omar agrees too." in found
    assert yes(room, mentor).status_code == 302
    assert "You both agreed on Monday 23 November 2026." in typed.see(mentor, page(room))
    assert Agreement.objects.get().stage == "in_force"


def test_pressing_twice_in_two_tabs_is_one_yes(room: Room, mentee: Client) -> None:
    for _tab in range(2):
        assert yes(room, mentee).status_code == 302
    assert Agreement.objects.get().stage == "agreed_by_one"
    assert OutboxLetter.objects.count() == 1


def test_a_change_is_shown_to_the_other_word_by_word(room: Room, mentee: Client, mentor: Client) -> None:
    assert mentee.post(at(room, "change"), words(room)).status_code == 302
    found = typed.see(mentor, page(room))
    assert WALK in found
    assert "Mina made changes." in found
    assert "<del>" in found
    assert "<ins>" in found
    assert "Only you and Mina can read this" in found
    assert "You made changes." in typed.see(mentee, page(room))


def test_agreeing_to_words_that_changed_meanwhile_shows_the_new_ones_and_asks_again(
    room: Room, mentee: Client, mentor: Client
) -> None:
    seen = room.agreement().version
    mentee.post(at(room, "change"), words(room))
    answer = yes(room, mentor, version=seen)
    found = typed.text(answer)
    assert answer.status_code == 409
    assert "The agreement changed while you were reading it" in found
    assert WALK in found
    assert Agreement.objects.get().mentor_agreed_at is None
    assert yes(room, mentor).status_code == 302
    assert Agreement.objects.get().mentor_agreed_at is not None


@pytest.mark.parametrize("version", ["", "x", "-3", "9" * 30])
def test_a_mangled_version_agrees_to_nothing(room: Room, mentee: Client, version: str) -> None:
    assert yes(room, mentee, version=version).status_code == 409
    assert Agreement.objects.get().stage == "draft"


def test_two_who_change_at_once_lose_nothing(room: Room, mentee: Client, mentor: Client) -> None:
    seen = room.agreement().version
    mentee.post(at(room, "change"), words(room, version=seen))
    mine = words(room, version=seen, **{"clause-rhythm": "Weekly, by telephone."})
    answer = mentor.post(at(room, "change"), mine)
    found = typed.text(answer)
    assert answer.status_code == 409
    assert "Weekly, by telephone." in found
    assert WALK in found
    again = words(room, **{"clause-rhythm": "Weekly, by telephone."})
    assert mentor.post(at(room, "change"), again).status_code == 302
    assert agreements_queries.wording_of(room.agreement(), keyring_of(room.mentee)) == {
        "rhythm": "Weekly, by telephone."
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "or choose to leave it out"),
        ("  ", "or choose to leave it out"),
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
    assert Agreement.objects.get().wording is None


def test_any_script_is_kept_as_it_is(room: Room, mentee: Client) -> None:
    mentee.post(at(room, "change"), words(room, **{"clause-rhythm": "Bob mis 🙂\r\n<script>alert(1)</script>"}))
    assert agreements_queries.wording_of(room.agreement(), keyring_of(room.mentor)) == {
        "rhythm": "Bob mis 🙂\n<script>alert(1)</script>"
    }
    assert "<script>alert(1)" not in mentee.get(page(room)).content.decode()


def test_the_lock_falls_while_typing_and_the_words_come_back(room: Room, locked: Client) -> None:
    answer = locked.post(at(room, "change"), words(room))
    found = typed.text(answer)
    assert answer.status_code == 422
    assert WALK in found
    assert Agreement.objects.get().wording is None


def test_the_schemes_own_text_can_be_read_and_agreed_while_locked(room: Room, locked: Client) -> None:
    assert "About once a month." in typed.see(locked, page(room))
    assert yes(room, locked).status_code == 302
    assert Agreement.objects.get().stage == "agreed_by_one"


def test_words_of_their_own_need_an_open_key(room: Room, locked: Client) -> None:
    room.change({"rhythm": WALK}, Party.MENTOR)
    assert WALK not in typed.text(locked.get(page(room), follow=True))


def test_words_typed_into_a_room_that_closed_meanwhile_come_back(room: Room, mentee: Client) -> None:
    form, path = words(room), at(room, "change")
    endings.end(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    answer = mentee.post(path, form)
    assert answer.status_code == 409
    assert WALK in typed.text(answer)


def test_an_amendment_waits_beside_what_holds_and_can_be_set_aside(room: Room, mentee: Client, mentor: Client) -> None:
    room.agree_both()
    assert mentee.post(at(room, "change"), words(room)).status_code == 302
    found = typed.see(mentor, page(room))
    assert "Changes to your agreement" in found
    assert "What you agreed on Monday 23 November 2026 still applies." in found
    assert "What's changed since you last agreed" in found
    assert re.findall(r'href="#clause-([a-z_-]+)"', found) == ["rhythm"], "led to what is new, and to that alone"
    assert "when you've each chosen" in typed.see(mentee, page(room)), "whoever wrote it has to agree too"
    assert "About once a month." in typed.see(mentor, page(room) + "print/"), "what holds is what is printed"
    assert mentor.post(at(room, "set-aside"), typed.press()).status_code == 302
    assert "Changes to your agreement" not in typed.see(mentor, page(room))


def test_setting_aside_what_was_agreed_meanwhile_is_answered_kindly(room: Room, mentee: Client, mentor: Client) -> None:
    room.agree_both()
    mentee.post(at(room, "change"), words(room))
    path = at(room, "set-aside")
    room.agree_both()
    assert mentor.post(path, typed.press()).status_code == 409
    assert room.agreement().stage == "in_force"


def test_the_page_to_print_says_who_agreed_and_when(room: Room, mentor: Client) -> None:
    room.agree_both()
    found = typed.see(mentor, page(room) + "print/")
    assert "Agreed by Omar Reed and Mina Patel on Monday 23 November 2026." in found


def test_a_clause_is_left_out_and_another_added_and_each_sees_what_is_new_to_them(
    room: Room, mentee: Client, mentor: Client
) -> None:
    again = {"review_on_0": "1", "review_on_1": "6", "review_on_2": "2027"}
    own = {"heading-new": "Dogs", "clause-new": "We may bring ours."}
    form = words(room, **{"out-rhythm": "on"}, **own, **again)
    assert mentee.post(at(room, "change"), form).status_code == 302
    assert mentee.post(at(room, "change"), form).status_code == 302, "pressed twice"
    found = typed.see(mentor, page(room))
    assert found.count("We may bring ours.") == 1
    assert "Left out" in found
    assert "Added" in found
    assert "You'll review this together on Tuesday 1 June 2027." in found
    yes(room, mentor)
    more = words(room, **{"heading-own-1": "Dogs", "clause-own-1": "We bring ours.", "out-rhythm": "on"})
    assert mentee.post(at(room, "change"), more).status_code == 302
    found = typed.see(mentor, page(room))
    assert "What's changed since you last saw it" in found
    assert re.search(r"<del><span[^>]*>removed: </span>\s*may\s*</del>", found)
    assert "I've seen the changes" not in typed.see(mentee, page(room)), "they are the mentee's own words"
    assert mentor.post(at(room, "seen"), typed.press()).status_code == 302
    found = typed.see(mentor, page(room))
    assert "What's changed since you last saw it" not in found
    assert found.index("How often we meet") < found.index("Dogs"), "in the order of the text, also once it was read"
    yes(room, mentee)
    yes(room, mentor)
    paper = typed.see(mentor, page(room) + "print/")
    assert "We bring ours." in paper
    assert "How often we meet" not in paper


def test_where_confidentiality_ends_cannot_be_left_out(room: Room, mentee: Client) -> None:
    assert 'name="out-confidential"' not in typed.see(mentee, at(room, "change"))
    gone = words(room, **{"clause-confidential": "", "out-confidential": "on"})
    assert mentee.post(at(room, "change"), gone).status_code == 422
    assert room.change({"confidential": ""}, Party.MENTEE).wording is None


def test_a_clause_of_their_own_needs_both_its_parts_and_can_go_again(room: Room, mentee: Client) -> None:
    for part in ("heading-new", "clause-new"):
        answer = mentee.post(at(room, "change"), words(room, **{part: "Dogs"}))
        assert answer.status_code == 422
        assert "Write both what it's about" in typed.text(answer)
    mentee.post(at(room, "change"), words(room, **{"heading-new": "Dogs", "clause-new": "We may bring ours."}))
    gone = words(room, **{"heading-own-1": "Dogs", "clause-own-1": "We may bring ours.", "out-own-1": "on"})
    assert mentee.post(at(room, "change"), gone).status_code == 302
    assert "own-1" not in agreements_queries.wording_of(room.agreement(), keyring_of(room.mentee))


def test_words_for_a_clause_that_the_other_took_out_meanwhile_are_not_lost(
    room: Room, mentee: Client, mentor: Client
) -> None:
    mentee.post(at(room, "change"), words(room, **{"heading-new": "Dogs", "clause-new": "We may bring ours."}))
    seen = room.agreement().version
    own = {"heading-own-1": "Dogs", "clause-own-1": "We may bring ours."}
    mentee.post(at(room, "change"), words(room, **own, **{"out-own-1": "on"}))
    late = words(room, version=seen, **(own | {"clause-own-1": "Mine is old, and sleeps."}))
    answer = mentor.post(at(room, "change"), late)
    assert answer.status_code == 409
    assert "Mine is old, and sleeps." in typed.text(answer)


def test_a_clause_that_the_other_added_meanwhile_stands_in_the_boxes(
    room: Room, mentee: Client, mentor: Client
) -> None:
    seen = room.agreement().version
    mentee.post(at(room, "change"), words(room, **{"heading-new": "Dogs", "clause-new": "We may bring ours."}))
    answer = mentor.post(at(room, "change"), words(room, version=seen, **{"clause-rhythm": "Weekly."}))
    found = typed.text(answer)
    assert answer.status_code == 409
    assert "We may bring ours.</textarea>" in found
    assert "Weekly.</textarea>" in found


def test_a_day_to_look_again_lies_ahead(room: Room, mentee: Client) -> None:
    past = {"review_on_0": "1", "review_on_1": "6", "review_on_2": "2020"}
    answer = mentee.post(at(room, "change"), words(room, **past))
    assert answer.status_code == 422
    assert "Choose a date in the future" in typed.text(answer)


# --- roles and days ---------------------------------------------------------------------------------------


def test_both_weigh_the_roles_and_see_where_they_are_apart(
    room: Room, mentee: Client, mentor: Client, locked: Client
) -> None:
    path = f"/mentorships/{room.mentorship.pk}/roles/"
    assert "You'll see what Omar would like once you've said what you'd like." in typed.see(mentee, path)
    assert mentee.post(path, typed.press(**{"role-guide": "3", "role-challenger": "1"})).status_code == 302
    assert mentor.post(path, typed.press(**{"role-guide": "0", "role-challenger": "2"})).status_code == 302
    found = typed.see(mentor, path)
    assert found.count("Talk about it") == 1
    assert found.index("Guide") < found.index("Talk about it") < found.index("Confidant")
    assert mentor.post(path, typed.press(**{"role-guide": "2"})).status_code == 302
    assert "Talk about it" not in typed.see(mentee, path)
    assert mentor.post(path, typed.press(**{"role-guide": "9"})).status_code == 422
    answer = locked.post(path, typed.press(**{"role-guide": "1"}))
    assert answer.status_code == 422
    assert 'name="role-guide" value="1"' in answer.content.decode(), "the page carries what was chosen"


def test_the_days_on_which_one_replies_stand_beside_ones_name(room: Room, mentee: Client, mentor: Client) -> None:
    path = f"/mentorships/{room.mentorship.pk}/days/"
    assert mentor.post(path, typed.press(days=["wed", "tue"])).status_code == 302
    assert "Omar usually replies on Tuesday and Wednesday." in typed.see(mentee, f"/mentorships/{room.mentorship.pk}/")
    assert mentor.post(path, typed.press(days=["never"])).status_code == 422
    assert mentor.post(path, typed.press()).status_code == 302
    assert "hasn't said when they usually reply" in typed.see(mentee, f"/mentorships/{room.mentorship.pk}/")


def test_the_agreement_is_a_pdf_that_nothing_keeps(room: Room, mentee: Client, locked: Client) -> None:
    path = page(room) + "paper/"
    answer = mentee.get(path)
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="agreement.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert b"pdfuaid" in answer.content, "a screen reader can follow it"
    room.change({"rhythm": '#panic("no") $x$ *not markup* 🙂'}, Party.MENTOR)
    assert len(mentee.get(path).content) > len(answer.content) / 2
    assert locked.get(path).status_code == 302, "words of their own need an open key"


def test_the_paper_says_what_the_two_agreed(room: Room) -> None:
    from ithaca.journeys.meeting.agreement_paper import paper_of

    room.change({"rhythm": "", "confidential": "Everything but what the law wants told."}, Party.MENTOR)
    room.agree_both()
    found = agreements_queries.shown(room.agreement(), None, keyring_of(room.mentee))
    paper = paper_of(found, room.mentorship, over=False, mine="Mina Patel", theirs="Omar Reed")
    assert paper.lead[1] == "Agreed by Mina Patel and Omar Reed on Monday 23 November 2026."
    assert paper.sections == (("What stays between us", "Everything but what the law wants told."),)
