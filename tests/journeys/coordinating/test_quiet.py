"""Pairs that have been quiet for long: somebody asks, records what was said, and learns nothing of the room."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ithaca.records.members.models import User
from ithaca.records.mentorships.models import Mentorship, Side
from ithaca.records.mentorships.room.queries import quiet_rooms
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, TODAY, make_cast, make_member, make_mentor, make_organisation, make_person, sign_in
from tests.journeys.coordinating.world import DESK, once
from tests.room import STORY, Room, make_room

DAY = timedelta(days=1)


@pytest.fixture
def room(db: None) -> Room:
    """Mina and Omar have been quiet for 75 days."""
    found = make_room(make_cast())
    Mentorship.objects.update(began_on=TODAY - 75 * DAY, stage_since=NOW - 75 * DAY)
    return found


@pytest.fixture
def cora(room: Room) -> Client:
    return sign_in(Client(), room.cast.coordinator)


def at(room: Room, name: str = "pair") -> str:
    return reverse(DESK[name], args=[room.mentorship.pk])


def queue(client: Client, room: Room) -> str:
    path = reverse("coordinating:queue", args=[room.cast.scheme.slug, "quiet"])
    return client.get(path).text.partition("<main")[2]


def test_a_quiet_pair_stands_with_its_date_and_how_to_reach_each(room: Room, cora: Client) -> None:
    User.objects.filter(pk=room.mentee.pk).update(telephone=User.telephone.seal(room.mentee, "020 7946 0999"))
    listed = queue(cora, room)
    assert "Mina Patel and Omar Reed" in listed
    assert "Wednesday 9 September 2026" in listed
    assert at(room) in listed
    page = cora.get(at(room)).text
    for said in ("Wednesday 9 September 2026", room.mentee.email, room.mentor.email, "020 7946 0999"):
        assert said in page
    assert STORY not in page
    assert f"/mentorships/{room.mentorship.pk}/" not in page, "no door to the room"


@pytest.mark.parametrize("who", ["mentee", "mentor"])
def test_that_all_is_well_is_recorded_as_by_telephone_once_and_told_to_whoever_said_so(
    room: Room, cora: Client, who: str
) -> None:
    form = {"answer": f"{who}_fine", **once()}
    for _press in range(2):
        assert cora.post(at(room), form).status_code == 302
    said_by = room.cast.people[who]
    assert said_by is not None
    side = Side.objects.get()
    assert (side.person, str(side.fine_until)) == (said_by.pk, "2027-02-23")
    steps = Step.objects.filter(noun="mentorship").order_by("act").values_list("act", "by", "actor")
    cora_id = room.cast.coordinator.pk
    assert list(steps) == [(f"by_phone_{who}_fine", "coordinator", cora_id), ("say_fine", who, cora_id)]
    letter = OutboxLetter.objects.get()
    assert (letter.kind, letter.address) == ("noted", said_by.email)
    assert "well" not in letter.text
    assert "Mina Patel" not in queue(cora, room)
    page = cora.get(at(room)).text
    assert "There's nothing to ask at the moment." in page
    assert f"by phone, recorded by {room.cast.coordinator.name}" in page
    assert cora.post(at(room), {"answer": f"{who}_fine", **once()}).status_code == 409, "nobody need be asked now"


def test_who_was_asked_leaves_the_queue_for_a_fortnight_and_may_still_answer(
    room: Room, cora: Client, clock: time_machine.Traveller
) -> None:
    form = once()
    for _press in range(2):
        assert cora.post(at(room, "pair_asked"), form).status_code == 302
    assert Step.objects.filter(act=quiet_rooms.ASKED, actor=room.cast.coordinator.pk).count() == 1
    assert not OutboxLetter.objects.exists()
    assert "Mina Patel" not in queue(cora, room)
    running = cora.get(reverse("coordinating:mentorships", args=[room.cast.scheme.slug])).text
    assert "Asked on 23 November how they're getting on" in running
    assert at(room) in running
    page = cora.get(at(room)).text
    assert "Asked on Monday 23 November 2026, with no answer yet." in page
    assert "says all is well" in page
    clock.shift(13 * DAY)
    assert "Mina Patel" not in queue(sign_in(Client(), room.cast.deputy), room)
    clock.shift(DAY)
    assert "Mina Patel" in queue(sign_in(Client(), room.cast.deputy), room)


def test_what_is_refused_changes_nothing(room: Room, cora: Client) -> None:
    assert cora.post(at(room), {"answer": "mentee_unhappy", **once()}).status_code == 422
    assert cora.post(at(room), once()).status_code == 422
    Mentorship.objects.update(stage_since=NOW - 74 * DAY)
    assert "There's nothing to ask at the moment." in cora.get(at(room)).text
    assert cora.post(at(room), {"answer": "mentee_fine", **once()}).status_code == 409
    assert cora.post(at(room, "pair_asked"), once()).status_code == 409
    Mentorship.objects.update(stage="ended")
    assert cora.get(at(room)).status_code == 404
    assert not Step.objects.filter(noun="mentorship").exists()
    assert not Side.objects.exists()


def test_nobody_asks_their_own_pair_and_no_one_else_has_the_page(room: Room, cora: Client) -> None:
    for name in ("mentee", "mentor", "stranger", "outsider"):
        client = sign_in(Client(), room.cast.people[name])  # type: ignore[arg-type]  # none of them is a visitor
        assert client.get(at(room)).status_code == 404, name
        assert client.post(at(room), {"answer": "mentee_fine", **once()}).status_code == 404, name
        assert client.post(at(room, "pair_asked"), once()).status_code == 404, name
    own = make_member(room.cast.scheme, room.cast.coordinator, make_organisation("Z90099"))
    Mentorship.objects.update(mentor=own)
    assert "Mina Patel" not in queue(cora, room)
    assert cora.get(at(room)).status_code == 404
    assert cora.post(at(room), {"answer": "mentor_fine", **once()}).status_code == 404
    assert "Mina Patel" in queue(sign_in(Client(), room.cast.deputy), room)
    assert not Step.objects.filter(noun="mentorship").exists()


def test_twelve_quiet_pairs_take_no_more_queries_than_one_and_the_longest_comes_first(room: Room) -> None:
    scheme, cora = room.cast.scheme, room.cast.coordinator.pk

    def counted() -> int:
        with CaptureQueriesContext(connection) as asked:
            quiet_rooms.pairs_to_ask(scheme, cora, 0, 5, TODAY)
        return len(asked)

    before = counted()
    for number in range(11):
        code = f"Z930{number:02}"
        mentee = make_member(scheme, make_person(f"Quiet {number}"), make_organisation(code, code))
        mentor = make_mentor(make_member(scheme, make_person(f"Still {number}"), None)).membership
        began = NOW - (90 + number) * DAY
        Mentorship.objects.create(
            id=uuid4(), scheme=scheme, mentee=mentee, mentor=mentor, began_on=began.date(), stage_since=began
        )
    found = quiet_rooms.pairs_to_ask(scheme, cora, 0, 5, TODAY)
    assert (found.total, found.lines[0].who, len(found.lines)) == (12, "Quiet 10", 5)
    assert counted() == before <= 4
