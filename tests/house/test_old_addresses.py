"""Old addresses lead to the new ones for a year: a page by 301, a form by 308, with all that was typed."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import resolve

from ithaca.access.routes import MOVED as PREFIX
from ithaca.access.routes import ROUTES, Audience, audience
from ithaca.config.old_addresses import MOVED
from ithaca.records.mentorships.models import Commitment, GoalStep, PulseCheck, Side
from ithaca.records.mentorships.room.jobs import ask_for_ratings
from tests.cast import NOW, PASSWORD, make_cast, sign_in
from tests.journeys.meeting import typed
from tests.room import Room, make_room


@pytest.fixture
def room(db: None) -> Room:
    return make_room(make_cast(goals=True))


@pytest.mark.parametrize(("old", "new"), [(old, route) for old, (route, _until) in MOVED.items()])
def test_an_old_address_leads_to_the_new_whatever_is_asked_of_it(client: Client, old: str, new: str) -> None:
    pk = uuid4()
    path = "/" + old.replace("<uuid:pk>", str(pk)).replace("<slug:slug>", "a-scheme")
    keys = {"pk": pk} if "<uuid:pk>" in old else {"slug": "a-scheme"}
    assert new in ROUTES
    assert resolve(path).view_name.startswith(PREFIX), "no page of today has taken its place"
    assert audience(resolve(path).view_name, old) is Audience.ANYONE, "the new address asks who it is"
    for answer, status in ((client.get(f"{path}?goal=7&x=a%20b"), 301), (client.post(f"{path}?goal=7&x=a%20b"), 308)):
        assert answer.status_code == status
        assert answer.content == b""
        address, _mark, query = answer["Location"].partition("?")
        found = resolve(address)
        assert (found.view_name, found.kwargs, query) == (new, keys, "goal=7&x=a%20b")


def test_each_row_has_a_day_a_year_away_after_which_it_may_go() -> None:
    assert {until for _route, until in MOVED.values()} == {date(2027, 12, 1)}


def test_a_form_that_was_left_open_is_carried_out_once(room: Room) -> None:
    mentee = sign_in(Client(), room.mentee)
    form = typed.press(words="Tell Jo on Friday", goal="")
    for _twice in range(2):
        answer = mentee.post(f"/mentorships/{room.mentorship.pk}/actions/new/", form, follow=True)
        assert answer.redirect_chain[0][1] == 308
        assert "Tell Jo on Friday" in typed.text(answer)
    step = GoalStep.objects.get()
    decided = mentee.post(f"/actions/{step.pk}/commitment/", typed.press(score="7", better=""), follow=True)
    assert decided.status_code == 200
    assert Commitment.objects.count() == 1


@pytest.mark.parametrize("locked", [True, False])
def test_what_was_typed_into_it_locked_or_signed_out_is_not_lost(room: Room, locked: bool) -> None:
    client = sign_in(Client(), room.mentee, locked=True) if locked else Client()
    path, form = f"/mentorships/{room.mentorship.pk}/actions/new/", typed.press(words="Tell Jo on Friday", goal="")
    answer = client.post(path, form, follow=True)
    assert answer.status_code == 422
    assert 'value="Tell Jo on Friday"' in typed.text(answer), "the page carries it"
    given = {"unlock-password": PASSWORD}
    if not locked:
        given = {"sign-in-login": room.mentee.email, "sign-in-password": PASSWORD}
    assert client.post(path, form | given, follow=True).status_code == 200, "also from a page carried before the rename"
    assert GoalStep.objects.count() == 1


def test_a_link_in_an_old_email_leads_to_the_question(room: Room) -> None:
    room.mentorship.began_on = NOW.date().replace(month=9)
    room.mentorship.save()
    assert ask_for_ratings(NOW) == 2
    mentor = sign_in(Client(), room.mentor)
    page = mentor.get(f"/mentorships/{room.mentorship.pk}/rating/", follow=True)
    assert "How good is this for you?" in typed.text(page)
    mentor.post(f"/mentorships/{room.mentorship.pk}/rating/", typed.press(score="4"), follow=True)
    assert PulseCheck.objects.filter(answers__gt=0).count() == 1
    assert Side.objects.filter(person=room.mentor.pk, rating_open=True).count() == 0
