"""Introductions in the browser: who may see and answer them, what they see, and that sending twice is idempotent."""

import json
import re
from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.mentorships.models import ConflictDeclaration, Introduction, Mentorship
from ithaca.tools.post.models import OutboxLetter
from tests.cast import keyring_of, sign_in
from tests.journeys.pairing.pages import OTHERS, QUESTION, came_to_chat, press, queries_of, questioned, text_of
from tests.records.mentorships.pairs import (
    STORY,
    accept_as_mentor,
    another_member,
    another_mentor,
    asked,
    fresh,
    offered,
    propose,
    wait,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_asks_declares_or_lists(cast, client, who):
    row = questioned(cast)
    if cast.people[who]:
        sign_in(client, cast.people[who])
    for path in ("question/", "shortlist/", "conflict/", "first-chat/calendar/"):
        assert QUESTION not in text_of(client.get(f"/introductions/{row.pk}/{path}"))
        press(client, f"/introductions/{row.pk}/{path}", text="x", kind="family")
    assert fresh(row).stage == "question_asked"
    assert ConflictDeclaration.objects.count() == 0


def test_own_words_of_a_no_are_ones_own(cast, client):
    row = asked(cast)
    path = f"/introductions/{row.pk}/"
    mentor = sign_in(client, cast.mentor)
    press(mentor, f"{path}decline/", reason="not_now", words="My mother is ill.")
    noted = Introduction.reason.unseal(fresh(row), keyring_of(cast.mentor))
    assert json.loads(noted)["kind"] == "not_now"
    assert "My mother is ill." in text_of(mentor.get(path))
    assert "My mother is ill." not in text_of(sign_in(Client(), cast.mentee).get(path))


def test_the_mentee_reads_of_the_mentor_and_why_and_says_yes(cast, client):
    introduction = offered(cast)
    path = f"/introductions/{introduction.pk}/"
    page = text_of(sign_in(client, cast.mentee).get(path))
    assert "Omar Reed" in page
    assert "They can be your guide." in page
    form = {"once": str(uuid4())}
    for _ in range(2):
        assert client.post(f"{path}accept/", form)["Location"] == path
    assert fresh(introduction).stage == "offered_to_mentor"


def test_the_mentor_finds_nothing_before_the_mentees_yes(cast, client):
    introduction = offered(cast)
    sign_in(client, cast.mentor)
    for path in ("", "decline/", "first-chat/arrange/"):
        response = client.get(f"/introductions/{introduction.pk}/{path}")
        assert response.status_code == 404
        assert cast.mentee.name not in response.content.decode()
    assert press(client, f"/introductions/{introduction.pk}/accept/").status_code == 404


def test_the_mentor_reads_who_it_is_and_their_story_and_says_yes(cast, client):
    introduction = asked(cast)
    path = f"/introductions/{introduction.pk}/"
    page = text_of(sign_in(client, cast.mentor).get(path))
    assert cast.mentee.name in page
    assert STORY in page
    form = {"once": str(uuid4())}
    for _ in range(2):
        assert client.post(f"{path}accept/", form).status_code == 302
    assert Mentorship.objects.get().pk == introduction.pk
    assert client.get(path)["Location"] == f"/mentorships/{introduction.pk}/"


def test_a_locked_mentee_is_asked_to_unlock_and_their_yes_goes_on(cast, client):
    introduction = offered(cast)
    response = press(sign_in(client, cast.mentee, locked=True), f"/introductions/{introduction.pk}/accept/")
    assert fresh(introduction).stage == "offered_to_mentee"
    assert "password" in text_of(response)


@pytest.mark.parametrize("locked", [False, True])
def test_a_no_is_one_press_away_locked_or_not_and_its_reason_is_ones_own(cast, client, locked):
    introduction = asked(cast)
    sign_in(client, cast.mentor, locked=locked)
    path = f"/introductions/{introduction.pk}/decline/"
    assert ("not_now" in text_of(client.get(path))) is not locked
    form = {"once": str(uuid4()), "reason": "not_now"}
    for _ in range(2):
        assert client.post(path, form).status_code == 302
    row = fresh(introduction)
    assert row.stage == "declined_privately"
    assert (row.reason is None) is locked
    page = text_of(sign_in(Client(), cast.mentee).get(f"/introductions/{row.pk}/"))
    assert "This introduction is over" in page
    assert "not a good time" not in page


def test_a_reason_that_is_not_on_the_list_is_refused_at_the_field(cast, client):
    introduction = asked(cast)
    response = press(sign_in(client, cast.mentor), f"/introductions/{introduction.pk}/decline/", reason="\x00boo")
    assert response.status_code == 422
    assert fresh(introduction).stage == "offered_to_mentor"


def test_an_answer_that_comes_too_late_is_told_clearly(cast, client):
    introduction = asked(cast)
    Introduction.objects.update(stage="expired")
    response = press(sign_in(client, cast.mentor), f"/introductions/{introduction.pk}/accept/")
    assert response.status_code == 409
    assert Mentorship.objects.count() == 0


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_or_answers_an_introduction(cast, client, who):
    introduction = came_to_chat(cast)
    user = cast.people[who]
    if user:
        sign_in(client, user)
    for path in ("", "decline/", "first-chat/arrange/"):
        response = client.get(f"/introductions/{introduction.pk}/{path}")
        if path == "" and who in ("coordinator", "deputy"):
            assert response["Location"] == f"/introductions/{introduction.pk}/desk/", "they have a page of their own"
        else:
            assert response.status_code == {"visitor": 302, "coordinator": 403, "deputy": 403}.get(who, 404), path
        assert STORY not in response.content.decode()
    for path in ("accept/", "decline/", "first-chat/arrange/", "first-chat/miss/", "confirm/"):
        press(client, f"/introductions/{introduction.pk}/{path}")
    row = fresh(introduction)
    assert (row.stage, row.mentee_confirmed_at, row.mentor_confirmed_at) == ("accepted", None, None)


@pytest.mark.parametrize("act", ["accept/", "first-chat/miss/", "confirm/"])
def test_a_get_never_acts(cast, client, act):
    introduction = asked(cast)
    assert sign_in(client, cast.mentor).get(f"/introductions/{introduction.pk}/{act}").status_code == 405


def test_the_pages_of_a_pair_cost_the_same_whoever_else_is_introduced(cast, client, django_assert_max_num_queries):
    introduction = asked(cast)
    paths = [f"/introductions/{introduction.pk}/", f"/requests/{introduction.request_id}/"]
    sign_in(client, cast.mentee)
    before = [queries_of(client, path, django_assert_max_num_queries) for path in paths]
    for n in range(2):
        standing = another_mentor(cast.scheme, f"Mentor {n}", f"Z9200{n}")
        row = wait(cast, another_member(cast.scheme, f"Person {n}", f"Z9100{n}"))
        propose(cast, row, standing)
    assert [queries_of(client, path, django_assert_max_num_queries) for path in paths] == before


def test_letters_name_nobody_and_say_by_when(cast):
    introduction = asked(cast)
    accept_as_mentor(introduction)
    names = {word for user in cast.people.values() if user for word in user.name.split()}
    for letter in OutboxLetter.objects.all():
        said = f"{letter.subject} {letter.text} {letter.html}"
        assert not [name for name in names if re.search(rf"\b{name}\b", said)], letter.kind
        assert len(re.findall(r"https?://", letter.text)) == 1
        assert STORY not in said
    wanted = OutboxLetter.objects.filter(kind="answer_wanted", recipient=cast.mentor.pk).get()
    assert "Monday 30 November" in wanted.subject


def test_reasons_open_for_their_author_alone(cast, client):
    introduction = asked(cast)
    press(sign_in(client, cast.mentor), f"/introductions/{introduction.pk}/decline/", reason="conflict")
    noted = Introduction.reason.unseal(fresh(introduction), keyring_of(cast.mentor))
    assert json.loads(noted) == {"kind": "conflict", "words": ""}
