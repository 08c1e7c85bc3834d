"""Who may enter the room: the two, and nobody else. To everyone else it does not exist."""

import pytest
from django.http import HttpResponse
from django.test import Client

from ithaca.records.mentorships.models import Agreement, Ending, Mentorship, Message, Note, Session, Side
from ithaca.tools.ledger.models import Step
from tests.cast import sign_in
from tests.journeys.meeting import typed
from tests.room import Room, plan

PAGES = {
    "/mentorships/{room}/": 200,
    "/mentorships/{room}/story/": 200,
    "/mentorships/{room}/pause/": 200,
    "/mentorships/{room}/pulse/": 200,
    "/mentorships/{room}/agreement/review/": 302,
    "/mentorships/{room}/notes/read/": 302,
    "/sessions/{session}/feedback/": 302,
    "/mentorships/{room}/resume/": 302,
    "/mentorships/{room}/sessions/new/": 200,
    "/mentorships/{room}/agreement/": 200,
    "/mentorships/{room}/agreement/print/": 200,
    "/mentorships/{room}/agreement/paper/": 200,
    "/mentorships/{room}/messages/": 200,
    "/mentorships/{room}/messages/send/": 302,
    "/mentorships/{room}/messages/read/": 302,
    "/mentorships/{room}/notes/": 200,
    "/mentorships/{room}/notes/new/": 200,
    "/mentorships/{room}/search/": 200,
    "/mentorships/{room}/written-record/": 200,
    "/mentorships/{room}/written-record/stop/": 302,
    "/mentorships/{room}/written-record/go-on/": 302,
    "/mentorships/{room}/written-record/destroy/": 302,
    "/mentorships/{room}/written-record/keep/": 302,
    "/mentorships/{room}/third-person/": 200,
    "/mentorships/{room}/end/": 200,
    "/mentorships/{room}/ending/": 302,
    "/mentorships/{room}/ending/unlocked/": 302,
    "/agreements/{agreement}/change/": 200,
    "/agreements/{agreement}/agree/": 302,
    "/agreements/{agreement}/seen/": 302,
    "/mentorships/{room}/roles/": 200,
    "/mentorships/{room}/days/": 200,
    "/mentorships/{room}/fine/": 302,
    "/agreements/{agreement}/set-aside/": 302,
    "/sessions/{session}/": 200,
    "/sessions/{session}/move/": 200,
    "/sessions/{session}/cancel/": 200,
    "/sessions/{session}/we-met/": 302,
    "/sessions/{session}/did-not-happen/": 302,
    "/sessions/{session}/calendar/": 200,
}


def path_of(room: Room, pattern: str) -> str:
    session = Session.objects.first() or room.schedule(plan(7))
    return pattern.format(room=room.mentorship.pk, agreement=room.agreement().pk, session=session.pk)


def facts() -> list[object]:
    """All that could have been changed."""
    models = (Mentorship, Agreement, Session, Ending)
    staged = [list(model.objects.order_by("pk").values_list("pk", "stage")) for model in models]
    return staged + [model.objects.count() for model in (Message, Note, Side, Step)]


def paths_of(room: Room) -> dict[str, int]:
    """The addresses of this room's pages, and what each answers to the two."""
    return {path_of(room, pattern): status for pattern, status in PAGES.items()}


@pytest.mark.parametrize("who", ["mentee", "mentor"])
def test_either_of_the_two_gets_each_page_and_reading_changes_nothing(room: Room, who: str) -> None:
    paths, client = paths_of(room), sign_in(Client(), room.cast.people[who])
    before = facts()
    for path, status in paths.items():
        assert client.get(path).status_code == status, path
        assert facts() == before, path


@pytest.mark.parametrize("who", ["coordinator", "deputy", "stranger", "outsider"])
def test_to_everyone_else_it_does_not_exist(room: Room, who: str) -> None:
    paths, client = paths_of(room), sign_in(Client(), room.cast.people[who])
    before = facts()
    for path in paths:
        answers: list[HttpResponse] = [client.get(path), client.post(path, typed.press(version=1))]
        assert [answer.status_code for answer in answers] == [404, 404], path
        assert facts() == before, path


def test_a_visitor_is_asked_to_sign_in(room: Room) -> None:
    paths = paths_of(room)
    before = facts()
    for path in paths:
        read = Client().get(path)
        assert read.status_code == 302, path
        assert "/accounts/login/" in read["Location"], path
        assert Client().post(path, typed.press(version=1)).status_code == 422, path
        assert facts() == before, path


def test_a_coordinator_who_is_the_mentor_is_the_mentor(room: Room) -> None:
    from datetime import timedelta

    from ithaca.records.schemes.models import Appointment
    from tests.cast import TODAY

    Appointment.objects.create(
        scheme=room.cast.scheme, person=room.mentor.pk, duty="coordinator", since=TODAY - timedelta(days=9)
    )
    client = sign_in(Client(), room.mentor)
    assert client.get(f"/mentorships/{room.mentorship.pk}/").status_code == 200


def test_the_titles_of_the_pages_name_nobody(room: Room, mentee: Client) -> None:
    for pattern, status in PAGES.items():
        if status == 200 and "calendar" not in pattern and "paper" not in pattern:
            page = typed.see(mentee, path_of(room, pattern))
            title = page[page.index("<title>") : page.index("</title>")]
            for name in ("Omar", "Reed", "Mina", "mentor"):
                assert name not in title
