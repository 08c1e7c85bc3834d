"""Changing the agreement, agreeing to it, and agreeing to another later."""

from uuid import uuid4

import pytest
from django.urls import resolve
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ithaca.records.mentorships.models import Agreement
from ithaca.records.mentorships.room.actions import agreements as agreements_actions
from ithaca.records.mentorships.room.actions import endings
from ithaca.records.mentorships.room.queries import agreements as agreements_queries
from ithaca.records.mentorships.rules import clauses
from ithaca.records.stages import Impossible, Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault.errors import Locked, NotGranted
from tests.cast import NOW, keyring_of, make_cast
from tests.room import Room, make_room

BOTH = [(Party.MENTEE, Party.MENTOR), (Party.MENTOR, Party.MENTEE)]
NEW = {"rhythm": "Every six weeks, on a walk."}


@pytest.fixture
def room(db: None) -> Room:
    return make_room(make_cast())


def letters_to(room: Room, party: Party) -> list[str]:
    return list(OutboxLetter.objects.filter(address=room.who(party).email).values_list("kind", flat=True))


@pytest.mark.parametrize(("one", "other"), BOTH)
def test_it_holds_when_both_have_said_yes_and_not_before(room: Room, one: Party, other: Party) -> None:
    room.agree(one)
    assert room.agreement().stage == "agreed_by_one"
    assert letters_to(room, other) == ["agreement_waits"]
    room.agree(other)
    agreement = room.agreement()
    assert agreement.stage == "in_force"
    assert agreement.mentee_agreed_at == agreement.mentor_agreed_at == NOW
    assert letters_to(room, one) == ["agreement_in_force"]


@pytest.mark.parametrize(("one", "other"), BOTH)
def test_the_same_person_twice_is_one_yes(room: Room, one: Party, other: Party) -> None:
    room.agree(one)
    room.agree(one)
    assert room.agreement().stage == "agreed_by_one"
    assert letters_to(room, other) == ["agreement_waits"]


@pytest.mark.parametrize(("one", "other"), BOTH)
def test_new_words_are_readable_to_both_and_take_back_every_yes(room: Room, one: Party, other: Party) -> None:
    room.agree(one)
    agreement = room.change(NEW, other)
    assert agreement.stage == "changes_requested"
    assert agreement.mentee_agreed_at is None
    assert agreement.mentor_agreed_at is None
    assert letters_to(room, one) == ["agreement_changed"]
    for person in (room.mentee, room.mentor):
        found = agreements_queries.shown(agreement, None, keyring_of(person))
        assert found.texts["rhythm"] == NEW["rhythm"]
        assert found.texts["confidential"] == "Everything, unless the law says not."
        assert found.changed_by == room.who(other).pk
    with pytest.raises(NotGranted):
        agreements_queries.shown(agreement, None, keyring_of(room.cast.coordinator))
    with pytest.raises(Locked):
        agreements_queries.shown(agreement, None, None)


def test_a_yes_to_words_that_changed_meanwhile_does_not_count(room: Room) -> None:
    seen = room.agreement().version
    room.change(NEW, Party.MENTEE)
    with pytest.raises(ChangedMeanwhile):
        room.agree(Party.MENTOR, version=seen)
    assert room.agreement().mentor_agreed_at is None


def test_two_who_change_at_once_lose_nothing(room: Room) -> None:
    seen = room.agreement().version
    room.change(NEW, Party.MENTEE, version=seen)
    with pytest.raises(ChangedMeanwhile):
        room.change({"rhythm": "Weekly."}, Party.MENTOR, version=seen)
    assert agreements_queries.wording_of(room.agreement(), keyring_of(room.mentor)) == NEW


def test_pressing_save_twice_saves_once(room: Room) -> None:
    form, seen = uuid4(), room.agreement().version
    room.change(NEW, Party.MENTEE, version=seen, form=form)
    room.change(NEW, Party.MENTEE, version=seen, form=form)
    assert room.agreement().version == seen + 1
    assert letters_to(room, Party.MENTOR) == ["agreement_changed"]


def test_the_same_words_are_no_change(room: Room) -> None:
    room.agree(Party.MENTEE)
    room.change({"rhythm": "About once a month.\r\n"}, Party.MENTOR)
    assert room.agreement().stage == "agreed_by_one"
    assert letters_to(room, Party.MENTEE) == []


def test_changing_needs_an_open_key_and_agreeing_does_not(room: Room) -> None:
    agreement = room.agreement()
    with pytest.raises(Locked):
        agreements_actions.change(agreement, NEW, agreement.version, Party.MENTEE, keyring=None, at=NOW, form=None)
    assert room.agree_both().stage == "in_force"


def test_going_back_to_the_schemes_text_leaves_nothing_sealed(room: Room) -> None:
    room.change(NEW, Party.MENTEE)
    agreement = room.change({"rhythm": "About once a month."}, Party.MENTOR)
    assert agreement.wording is None
    assert agreement.version == 3


def test_an_amendment_holds_only_when_both_agree_and_until_then_the_old_words_do(room: Room) -> None:
    old = room.agree_both()
    form = uuid4()
    amendment = room.change(NEW, Party.MENTOR, form=form)
    assert (
        agreements_actions.change(
            old, NEW, old.version, Party.MENTOR, keyring=keyring_of(room.mentor), at=NOW, form=form
        ).pk
        == amendment.pk
    )
    assert (amendment.number, amendment.stage) == (2, "changes_requested")
    old.refresh_from_db()
    assert old.stage == "in_force"
    with pytest.raises(ChangedMeanwhile):
        agreements_actions.change(
            old, {"rhythm": "Weekly."}, old.version, Party.MENTEE, keyring=keyring_of(room.mentee), at=NOW, form=uuid4()
        )
    shown = agreements_queries.shown(amendment, old, keyring_of(room.mentee))
    assert [clause.key for clause in shown.clauses if clause.since] == ["rhythm"]
    room.agree_both()
    old.refresh_from_db()
    assert (old.stage, room.agreement().stage) == ("superseded", "in_force")
    assert Agreement.objects.filter(mentorship=room.mentorship, stage="in_force").count() == 1


def test_new_words_can_be_set_aside(room: Room) -> None:
    old = room.agree_both()
    amendment = room.change(NEW, Party.MENTOR)
    for _press in range(2):
        agreements_actions.set_aside(amendment, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    old.refresh_from_db()
    assert old.stage == "in_force"
    assert letters_to(room, Party.MENTOR).count("agreement_kept") == 1
    with pytest.raises(ChangedMeanwhile):
        agreements_actions.agree(amendment, 99, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    assert room.change(NEW, Party.MENTEE).pk != amendment.pk, "later words begin afresh"


def test_the_first_words_cannot_be_set_aside(room: Room) -> None:
    with pytest.raises(ChangedMeanwhile):
        agreements_actions.set_aside(room.agreement(), Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())


def test_nothing_is_agreed_in_a_room_that_is_over(room: Room) -> None:
    endings.end(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    with pytest.raises(Impossible):
        room.agree(Party.MENTOR)
    with pytest.raises(Impossible):
        room.change(NEW, Party.MENTOR)


def test_letters_say_that_there_is_something_to_read_and_no_more(room: Room) -> None:
    room.change(NEW, Party.MENTEE)
    room.agree_both()
    amendment = room.change({"rhythm": "Weekly."}, Party.MENTOR)
    agreements_actions.set_aside(amendment, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    letters = OutboxLetter.objects.all()
    assert {letter.kind for letter in letters} == {
        "agreement_changed",
        "agreement_waits",
        "agreement_in_force",
        "agreement_kept",
    }
    for letter in letters:
        for secret in ("Mina", "Omar", "six weeks", "Weekly", "mentee", "mentor "):
            assert secret not in letter.subject + letter.text + letter.html
        path = f"/mentorships/{room.mentorship.pk}/agreement/"
        assert path in letter.text
        assert resolve(path).view_name == "meeting:agreement"


PRESSES = st.tuples(st.sampled_from([Party.MENTEE, Party.MENTOR]), st.sampled_from(["agree", "change"]))


class AnyOrderOfPresses(TestCase):
    """Whoever presses what, in whatever order: what is in force is what both said yes to."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from([Party.MENTEE, Party.MENTOR]), st.sampled_from(["agree", "change"])), max_size=7
        )
    )
    def test_both_agree_to_the_same_words(self, presses: list[tuple[Party, str]]) -> None:
        room = make_room(make_cast())
        said: set[Party] = set()
        words, agreed_words = 0, None
        for by, act in presses:
            if act == "agree":
                room.agree(by)
                if agreed_words != words:
                    said.add(by)
            else:
                words += 1
                said = set()
                room.change({"rhythm": f"Words {words}."}, by)
            if len(said) == 2:
                agreed_words, said = words, set()
            held = Agreement.objects.filter(mentorship=room.mentorship, stage="in_force")
            assert held.count() == (agreed_words is not None)
            if agreed_words:
                texts = agreements_queries.shown(held.get(), None, keyring_of(room.mentor)).texts
                assert texts["rhythm"] == f"Words {agreed_words}."
        assert clauses.plain(room.agreement().template.clauses[1]["text"]) == "About once a month."
