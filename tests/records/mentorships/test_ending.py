"""Stopping, pausing and going on."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import vobject
from django.urls import resolve

from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.models import Agreement, Ending, Mentorship, Session
from ithaca.records.mentorships.pairing.actions import first_chats, places
from ithaca.records.mentorships.room.actions import endings, mentorships
from ithaca.records.mentorships.room.actions.endings import AlreadyEnded
from ithaca.records.mentorships.room.queries import endings as endings_queries
from ithaca.records.mentorships.room.queries import rooms
from ithaca.records.stages import Impossible, Party
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault import server_keys
from ithaca.tools.vault.errors import Locked, NotGranted
from ithaca.tools.vault.models import Grant
from tests.cast import NOW, keyring_of, make_cast
from tests.records.mentorships.pairs import accept_as_mentor, asked
from tests.room import STORY, Room, make_room, plan

BOTH = [Party.MENTEE, Party.MENTOR]


@pytest.fixture
def room(db: None) -> Room:
    return make_room(make_cast())


def stop(room: Room, by: Party, words: str = "", **more: Any) -> None:
    given = {"actor": room.who(by).pk, "at": NOW, "form": uuid4(), "words": words}
    endings.end(room.mentorship.pk, by, **(given | more))


@pytest.mark.parametrize("by", BOTH)
def test_either_stops_at_once_and_everything_to_come_is_called_off(room: Room, by: Party) -> None:
    room.agree_both()
    met, soon, later = room.schedule(plan(1)), room.schedule(plan(7)), room.schedule(plan(30))
    waiting = room.change({"rhythm": "Weekly."}, Party.MENTEE)
    stop(room, by, at=NOW + timedelta(days=2))
    mentorship = Mentorship.objects.get()
    assert (mentorship.stage, mentorship.ended_on) == ("ended", (NOW + timedelta(days=2)).date())
    stages = dict(Session.objects.values_list("pk", "stage"))
    assert stages == {met.pk: "scheduled", soon.pk: "cancelled", later.pk: "cancelled"}
    assert set(Agreement.objects.values_list("stage", flat=True)) == {"ended"}
    assert Agreement.objects.filter(pk=waiting.pk).exists()
    found = Ending.objects.get()
    assert (found.stage, found.asked_by) == ("ended", room.who(by).pk)
    for person in (room.mentee, room.mentor):
        sent = OutboxLetter.objects.filter(address=person.email)
        assert sent.filter(kind="ended").count() == 1
        assert sent.filter(invitation_method="CANCEL").count() == 2


def test_a_first_chat_that_is_still_to_come_leaves_both_calendars_too(db: None) -> None:
    cast = make_cast(first_chat=True)
    introduction = asked(cast)
    accept_as_mentor(introduction)
    when = {"chat_at": NOW + timedelta(days=3), "way": "phone", "place": "01632 960 002"}
    first_chats.arrange(introduction, Party.MENTOR, **when, actor=cast.mentor.pk, at=NOW, form=uuid4())
    for by, user in ((Party.MENTEE, cast.mentee), (Party.MENTOR, cast.mentor)):
        first_chats.say_yes(introduction, by, actor=user.pk, at=NOW, form=uuid4())
    endings.end(introduction.pk, Party.MENTEE, actor=cast.mentee.pk, at=NOW + timedelta(days=1), form=uuid4())
    for person in (cast.mentee, cast.mentor):
        sent = OutboxLetter.objects.filter(address=person.email).exclude(invitation="").order_by("written_at")
        first, last = (vobject.readOne(letter.invitation).vevent for letter in sent)
        assert [letter.invitation_method for letter in sent] == ["REQUEST", "CANCEL"]
        assert first.uid.value == last.uid.value
        assert int(last.sequence.value) > int(first.sequence.value)


def test_pressing_twice_or_both_at_once_is_one_ending(room: Room) -> None:
    form = uuid4()
    stop(room, Party.MENTEE, form=form)
    stop(room, Party.MENTEE, form=form)
    stop(room, Party.MENTOR)
    assert Ending.objects.count() == 1
    assert OutboxLetter.objects.filter(kind="ended").count() == 2


def test_a_last_word_is_for_the_two(room: Room) -> None:
    stop(room, Party.MENTEE, "Thank you.", keyring=keyring_of(room.mentee))
    mentorship = Mentorship.objects.get()
    assert endings_queries.last_words(mentorship, keyring_of(room.mentor)) == "Thank you."
    with pytest.raises(NotGranted):
        endings_queries.last_words(mentorship, keyring_of(room.cast.coordinator))
    with pytest.raises(Locked):
        endings_queries.last_words(mentorship, None)


def test_stopping_needs_no_key_and_a_last_word_does(room: Room) -> None:
    with pytest.raises(Locked):
        stop(room, Party.MENTEE, "Thank you.")
    assert Mentorship.objects.get().stage == "active"
    stop(room, Party.MENTEE)
    assert Mentorship.objects.get().stage == "ended"


def test_a_last_word_that_comes_too_late_is_given_back(room: Room) -> None:
    stop(room, Party.MENTOR)
    with pytest.raises(AlreadyEnded):
        stop(room, Party.MENTEE, "And yet.", keyring=keyring_of(room.mentee))
    form = uuid4()
    assert not Ending.objects.filter(pk=form).exists()


def test_a_last_word_sent_twice_is_one(room: Room) -> None:
    form = uuid4()
    for _press in range(2):
        stop(room, Party.MENTEE, "Thank you.", keyring=keyring_of(room.mentee), form=form)
    assert Ending.objects.get().pk == form


def test_the_mentors_place_is_free_again(room: Room) -> None:
    MentorStanding.objects.filter(pk=room.cast.standing.pk).update(capacity=1)
    assert places.settle(places.locked(room.cast.standing.pk), NOW) == 0
    assert MentorStanding.objects.get(pk=room.cast.standing.pk).stage == "full"
    stop(room, Party.MENTEE)
    assert MentorStanding.objects.get(pk=room.cast.standing.pk).stage == "available"


def test_what_was_written_is_kept_for_a_year_in_the_bucket_of_its_month(room: Room) -> None:
    stop(room, Party.MENTEE, "Thank you.", keyring=keyring_of(room.mentee))
    mentorship = Mentorship.objects.get()
    assert set(Grant.objects.filter(relationship=mentorship.pk).values_list("month", flat=True)) == {"2027-11"}
    closing = endings_queries.ending_of(mentorship, room.mentee.pk)
    assert f"{closing.kept_until:%Y-%m-%d}" == "2027-11-30"
    assert rooms.story_of(mentorship, keyring_of(room.mentor)) == STORY
    server_keys.destroy_bucket("2027-11")
    with pytest.raises(NotGranted):
        rooms.story_of(mentorship, keyring_of(room.mentor))


def test_stopping_works_though_keys_are_gone(room: Room) -> None:
    Grant.objects.filter(relationship=room.mentorship.pk).update(month="2026-01")
    stop(room, Party.MENTOR)
    assert Mentorship.objects.get().stage == "ended"


def test_a_pause_is_told_to_the_other_once(room: Room) -> None:
    for _press in range(2):
        mentorships.pause(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    assert Mentorship.objects.get().stage == "paused"
    for _press in range(2):
        mentorships.resume(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    assert Mentorship.objects.get().stage == "active"
    kinds = OutboxLetter.objects.values_list("kind", "address")
    assert sorted(kinds) == [("paused", room.mentor.email), ("resumed", room.mentee.email)]


def test_an_old_page_does_not_pause_again(room: Room) -> None:
    form = uuid4()
    mentorships.pause(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=form)
    mentorships.resume(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    mentorships.pause(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=form)
    assert Mentorship.objects.get().stage == "active"


def test_what_is_over_is_neither_paused_nor_resumed(room: Room) -> None:
    stop(room, Party.MENTEE)
    for act in (mentorships.pause, mentorships.resume):
        with pytest.raises(Impossible):
            act(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())


def test_letters_name_nobody_and_lead_to_a_page(room: Room) -> None:
    mentorships.pause(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    mentorships.resume(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    stop(room, Party.MENTEE, "Thank you for the walk.", keyring=keyring_of(room.mentee))
    pages = {"paused": "room", "resumed": "room", "ended": "ending"}
    for letter in OutboxLetter.objects.all():
        for secret in ("Mina", "Omar", "walk", "mentee", "mentor "):
            assert secret not in letter.subject + letter.text + letter.html
        suffix = "ending/" if letter.kind == "ended" else ""
        path = f"/mentorships/{room.mentorship.pk}/{suffix}"
        assert path in letter.text
        assert resolve(path).view_name == f"meeting:{pages[letter.kind]}"
