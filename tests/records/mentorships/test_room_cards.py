"""The cards of rooms on "My mentoring"."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import resolve

from ithaca.records.cards import Card
from ithaca.records.members.models import User
from ithaca.records.mentorships.models import Agreement, Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.overview.queries import cards
from ithaca.records.mentorships.room.actions import endings, mentorships, sessions
from ithaca.records.mentorships.room.queries import room_cards
from ithaca.records.mentorships.writing.actions import messages
from ithaca.records.schemes.queries.schemes import agreement_of
from ithaca.records.stages import Party
from tests.cast import NOW, TODAY, keyring_of, make_cast, make_member, make_person
from tests.room import Room, make_room, plan


@pytest.fixture
def room(db: None) -> Room:
    return make_room(make_cast())


def cards_of(person: User, at: datetime = NOW) -> list[Card]:
    return room_cards.next_steps(person.pk, room_cards.rooms_of(person.pk), at)


def titles(room: Room, who: Party, days: float = 0) -> list[str]:
    found = cards_of(room.who(who), NOW + timedelta(days=days))
    for card in found:
        assert resolve(card.url).namespace == "meeting"
        assert not {"Mina", "Omar", "Patel", "Reed"} & set(f"{card.title} {card.body} {card.who}".split())
    return [card.title for card in found]


def test_a_card_for_each_turn_of_a_room(room: Room) -> None:
    assert titles(room, Party.MENTEE) == ["Choose a time for your first session"]
    session = room.schedule(plan(7))
    assert titles(room, Party.MENTOR) == ["You meet on Monday 30 November 2026 at 10am"]
    assert titles(room, Party.MENTOR, 8) == ["Did you meet?"]
    sessions.say(session, True, Party.MENTEE, actor=room.mentee.pk, at=NOW + timedelta(days=8), form=uuid4())
    assert titles(room, Party.MENTEE, 9) == ["Agree how you'll work together"]
    room.agree(Party.MENTEE)
    assert titles(room, Party.MENTEE, 9) == ["Waiting for the other person to agree"]
    assert titles(room, Party.MENTOR, 9) == ["Agree how you'll work together"]
    room.agree(Party.MENTOR)
    assert titles(room, Party.MENTOR, 9) == ["Choose a time for your next session"]
    mentorships.pause(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    assert titles(room, Party.MENTOR, 9) == ["Your mentoring is paused"]
    endings.end(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    assert titles(room, Party.MENTEE, 9) == ["Your mentoring has ended"]
    assert titles(room, Party.MENTEE, 380) == []


def test_new_messages_are_counted_until_they_are_read_and_nothing_of_them_is_told(room: Room) -> None:
    def news(who: Party) -> list[str]:
        person = room.who(who).pk
        found = cards.cards(person, [], room_cards.rooms_of(person), NOW, mentors=False)
        return [card.title for card in found if card.url.endswith("/messages/")]

    keys = keyring_of(room.mentor)
    for minutes in (1, 2):
        at = NOW + timedelta(minutes=minutes)
        messages.send(room.mentorship.pk, "The rota.", Party.MENTOR, keyring=keys, at=at, form=uuid4())
    assert news(Party.MENTEE) == ["2 new messages"]
    assert news(Party.MENTOR) == []
    seen = NOW + timedelta(minutes=1)
    messages.read(room.mentorship, room.mentee.pk, seen, seen)
    assert news(Party.MENTEE) == ["1 new message"]


def test_nobody_else_has_a_card(room: Room) -> None:
    assert cards_of(room.cast.stranger) == []
    assert cards_of(room.cast.coordinator) == []


def test_my_mentoring_shows_them(room: Room) -> None:
    found = cards.cards(room.mentor.pk, [], room_cards.rooms_of(room.mentor.pk), NOW, mentors=True)
    assert "Choose a time for your first session" in [card.title for card in found]


def another_room(room: Room, name: str) -> None:
    """A further mentee of the same mentor, with a session booked."""
    member = make_member(room.cast.scheme, make_person(name), None)
    request, introduction = uuid4(), uuid4()
    MentoringRequest.objects.create(id=request, membership=member, stage="matched", asked_on=TODAY)
    row = Introduction(
        id=introduction,
        request_id=request,
        standing=room.cast.standing,
        stage="confirmed",
        score=1,
        rules_version="1",
    )
    row.score_parts = Introduction.score_parts.seal(row, "[]")
    row.save()
    mentorship = Mentorship.objects.create(
        id=introduction,
        scheme=room.cast.scheme,
        mentee=member,
        mentor=room.cast.mentor_member,
        introduction_id=introduction,
        began_on=TODAY,
    )
    Agreement.objects.create(mentorship=mentorship, template=agreement_of(room.cast.scheme))
    sessions.schedule(introduction, plan(3), Party.MENTOR, actor=room.mentor.pk, at=NOW, form=None)


def test_three_rooms_cost_no_more_than_one_and_what_waits_comes_first(
    room: Room, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for name in ("Ann Hill", "Bea Moor"):
        with CaptureQueriesContext(connection) as asked:
            cards_of(room.mentor)
        counts.append(len(asked))
        another_room(room, name)
    assert counts == [3, 3]
    assert titles(room, Party.MENTOR)[0] == "Choose a time for your first session"
    assert len(titles(room, Party.MENTOR)) == 3
