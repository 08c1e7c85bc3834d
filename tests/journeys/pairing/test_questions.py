"""Questions before an answer: asked and answered from page to page, and read by nobody else."""

from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.pairing.actions import questions
from tests.cast import NOW, PASSWORD, keyring_of, sign_in
from tests.journeys.pairing.pages import ANSWER, QUESTION, press, questioned, text_of
from tests.records.mentorships.pairs import (
    accept_as_mentor,
    asked,
    fresh,
)

pytestmark = pytest.mark.django_db


def test_a_question_and_its_answer_go_from_page_to_page(cast, client):
    row = asked(cast)
    path = f"/introductions/{row.pk}/"
    mentor, mentee = sign_in(client, cast.mentor), sign_in(Client(), cast.mentee)
    assert f"{path}question/" in text_of(mentor.get(path))
    page = text_of(mentor.get(f"{path}question/"))
    assert "you and the other person" in page
    assert "Leave out anything that could identify a patient." in page
    form = {"once": str(uuid4()), "text": QUESTION}
    for _press in range(2):
        assert mentor.post(f"{path}question/", form)["Location"] == path
    assert QUESTION in text_of(mentor.get(path))
    assert mentor.get(f"{path}question/")["Location"] == path
    assert QUESTION in text_of(mentee.get(path))
    assert QUESTION in text_of(mentee.get(f"{path}question/"))
    press(mentee, f"{path}question/", text=ANSWER)
    assert ANSWER in text_of(mentor.get(path))
    assert fresh(row).stage == "offered_to_mentor"


def test_what_was_asked_beforehand_is_read_in_the_room_as_well(cast, client):
    row = questioned(cast)
    ring = keyring_of(cast.mentee)
    questions.answer(row, ANSWER, keyring=ring, actor=cast.mentee.pk, at=NOW, form=uuid4())
    accept_as_mentor(fresh(row))
    page = text_of(sign_in(client, cast.mentor).get(f"/mentorships/{row.pk}/story/"))
    assert QUESTION in page
    assert ANSWER in page


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_a_text_that_arrives_locked_is_carried_past_the_password(cast, client, who):
    row = asked(cast) if who == "mentor" else questioned(cast)
    user = cast.people[who]
    before, path = row.stage, f"/introductions/{row.pk}/question/"
    form = {"once": str(uuid4()), "text": "What was written"}
    answer = sign_in(client, user, locked=True).post(path, form)
    assert "What was written" in text_of(answer)
    assert fresh(row).stage == before
    client.post(path, {**form, "unlock-password": PASSWORD})
    assert fresh(row).stage != before


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "a\x00b"])
def test_a_question_that_cannot_be_kept_is_told_at_its_box_and_not_lost(cast, client, text):
    row = asked(cast)
    answer = press(sign_in(client, cast.mentor), f"/introductions/{row.pk}/question/", text=text)
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert ("x" * 2001 in text_of(answer)) == (len(text) > 2000)
    assert fresh(row).stage == "offered_to_mentor"


def test_a_question_that_comes_too_late_is_told_clearly(cast, client):
    row = asked(cast)
    Introduction.objects.update(stage="expired")
    answer = press(sign_in(client, cast.mentor), f"/introductions/{row.pk}/question/", text=QUESTION)
    assert answer.status_code == 409
