"""Mentors people have found themselves: errors at the field, and nothing for strangers."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from ithaca.records.members.models import PersonalInvitation
from ithaca.records.mentorships.models import Finding, Introduction, MentoringRequest
from ithaca.tools.post.models import OutboxLetter
from tests.cast import sign_in
from tests.journeys.pairing.pages import NEW, press, text_of
from tests.records.mentorships.pairs import (
    ask,
    fresh,
    wait,
)

pytestmark = pytest.mark.django_db


def test_naming_a_mentor_and_a_stranger_looks_the_same(cast, mina):
    request = wait(cast)
    pages = []
    for address in (cast.mentor.email, NEW):
        response = mina.post(f"/requests/{request.pk}/finding/", {"email": address, "once": str(uuid4())}, follow=True)
        assert response.status_code == 200
        pages.append(text_of(response).replace(address, "them").split("<main")[1].split("csrf")[0])
    assert pages[0] == pages[1]
    assert "You named" in text_of(mina.get(f"/requests/{request.pk}/"))


@pytest.mark.parametrize("wrong", ["", "nobody", "mina.patel@practice.example", "a\x00@b.example"])
def test_a_wrong_address_is_told_at_its_place(cast, mina, wrong):
    request = wait(cast)
    response = press(mina, f"/requests/{request.pk}/finding/", email=wrong)
    assert response.status_code == 422
    assert "<title>Error: " in text_of(response)
    assert Finding.objects.count() == 0


def test_who_is_named_may_say_no_without_an_account(cast, mina):
    request = wait(cast)
    press(mina, f"/requests/{request.pk}/finding/", email=NEW)
    path = OutboxLetter.objects.get(kind="wanted_as_mentor").text.split("http://localhost:8000")[-1].split()[0]
    path = "/invitations/" + path.split("/invitations/")[1]
    visitor = Client()
    page = text_of(visitor.get(path))
    assert "Someone who knows you" in page
    assert cast.mentee.name not in page
    for _ in range(2):
        assert "Thank you for letting us know" in text_of(visitor.post(f"{path}decline/"))
    assert PersonalInvitation.objects.get().declined_at is not None
    assert visitor.get(path).status_code == 410
    assert visitor.post("/invitations/nonsense/decline/").status_code == 410
    assert visitor.get(f"{path}decline/").status_code == 405


def test_when_it_is_too_late_the_pages_lead_back(cast, mina):
    request = wait(cast)
    MentoringRequest.objects.update(stage="introducing")
    for page in ("alternatives/", "alternatives/elsewhere/", "finding/", "kind/"):
        assert mina.get(f"/requests/{request.pk}/{page}")["Location"] == f"/requests/{request.pk}/", page
    assert press(mina, f"/requests/{request.pk}/alternatives/", code="wait").status_code == 409
    assert press(mina, f"/requests/{request.pk}/finding/", email=NEW).status_code == 409


@pytest.mark.parametrize("who", ["visitor", "mentor", "coordinator", "stranger", "outsider"])
def test_nobody_else_finds_names_or_chooses(cast, client, who):
    request = wait(cast)
    if cast.people[who]:
        sign_in(client, cast.people[who])
    for page in ("alternatives/", "alternatives/elsewhere/", "finding/", "kind/", "preference/"):
        response = client.get(f"/requests/{request.pk}/{page}")
        assert response.status_code == {"visitor": 302, "coordinator": 403}.get(who, 404), page
        assert cast.mentee.name not in text_of(response)
        press(client, f"/requests/{request.pk}/{page}", code="wait", email=NEW, kind="one_off", address=NEW)
    if who != "coordinator":
        press(client, f"/requests/{request.pk}/say-unlikely/")
    row = fresh(request)
    assert (row.alternative, row.one_off, row.escalated_on, row.version) == ("", False, None, request.version)
    assert Finding.objects.count() == Introduction.objects.count() == 0


def test_a_request_that_does_not_exist_is_not_found(mina):
    for page in ("alternatives/", "alternatives/elsewhere/", "finding/", "kind/", "preference/"):
        assert mina.get(f"/requests/{UUID(int=7)}/{page}").status_code == 404


def test_a_draft_can_be_tied_to_someone_found(cast, mina):
    request = ask(cast.mentee_member)
    MentoringRequest.objects.update(stage="draft")
    assert "Tell us who they are" in text_of(mina.get(f"/requests/{request.pk}/check/"))
