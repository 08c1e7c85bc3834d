"""First chats: a time both can change, and a yes from each."""

import pytest
from django.test import Client
from django.utils import timezone

from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.pairing.queries.introductions import chat_of
from tests.cast import sign_in
from tests.journeys.pairing.pages import came_to_chat, chat, press, text_of
from tests.records.mentorships.pairs import (
    fresh,
)

pytestmark = pytest.mark.django_db


def test_the_calendar_file_of_a_chat_is_ones_own(cast, client):
    row = came_to_chat(cast)
    path = f"/introductions/{row.pk}/first-chat/"
    mentee = sign_in(client, cast.mentee)
    assert mentee.get(f"{path}calendar/").status_code == 404
    press(mentee, f"{path}arrange/", **chat())
    file = mentee.get(f"{path}calendar/")
    assert file["Content-Type"].startswith("text/calendar")
    assert cast.mentee.email in file.content.decode().replace("\r\n ", "")


def test_the_two_find_a_time_and_both_say_yes(cast, client):
    introduction = came_to_chat(cast)
    path = f"/introductions/{introduction.pk}/"
    mentee, mentor = sign_in(client, cast.mentee), sign_in(Client(), cast.mentor)
    press(mentee, f"{path}first-chat/arrange/", **chat())
    local = timezone.localtime(fresh(introduction).chat_at)
    assert (local.hour, local.minute) == (13, 30)
    assert 'value="13:30"' in text_of(mentor.get(f"{path}first-chat/arrange/"))
    press(mentor, f"{path}first-chat/arrange/", **chat(4, time="09.15", place=""))
    assert chat_of(fresh(introduction)).place == "", "who has no link of their own need not invent one"
    page = text_of(mentor.get(path))
    assert page.count(f'href="{path}decline/"') == 1, "a no stands beside the yes, once"
    assert page.index("Yes, I'd like to carry on") < page.index("No, thank you")
    assert "Your first chat: " in text_of(mentee.get("/my-mentoring/")), "the card says when"
    press(mentee, f"{path}confirm/")
    assert "You said yes" not in text_of(mentor.get(path))
    press(mentor, f"{path}confirm/")
    assert Mentorship.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        chat(-1),
        chat(100),
        chat(time="noonish"),
        chat(time=""),
        chat(way="pigeon"),
        chat(place="x" * 301),
        chat(place="\x00"),
        chat(day_0="31", day_1="2"),
        chat(day_2="99999999"),
    ],
)
def test_a_chat_that_cannot_be_is_refused_at_its_field(cast, client, wrong):
    introduction = came_to_chat(cast)
    response = press(sign_in(client, cast.mentee), f"/introductions/{introduction.pk}/first-chat/arrange/", **wrong)
    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert fresh(introduction).stage == "accepted"
