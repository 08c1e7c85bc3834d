"""People someone knows too well: declared in advance, or of an introduction."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.models import ConflictDeclaration, Introduction
from ithaca.records.mentorships.pairing.queries.conflicts import own_conflicts
from tests.cast import keyring_of, make_organisation, sign_in
from tests.journeys.pairing.pages import press, text_of
from tests.records.mentorships.pairs import (
    asked,
)

pytestmark = pytest.mark.django_db


def test_conflicts_are_declared_in_advance_and_read_by_their_author(cast, client):
    mentee = sign_in(client, cast.mentee)
    make_organisation("Z95001")
    path = "/account/conflicts/"
    assert "You haven't told us about anyone yet" in text_of(mentee.get(path))
    press(mentee, path, kind="past_employer", practice="Z95001")
    press(mentee, path, kind="family", email="Cousin@practice.example")
    page = text_of(mentee.get(path))
    assert "Practice Z95001</strong>: I worked there" in page
    assert "cousin@practice.example" in page
    assert "We are family" in page
    assert path in text_of(mentee.get("/account/"))
    (first, second) = own_conflicts(cast.mentee.pk, keyring_of(cast.mentee))
    press(sign_in(Client(), cast.mentor), f"{path}{first.pk}/remove/")
    press(mentee, f"{path}{second.pk}/remove/")
    assert [own.pk for own in own_conflicts(cast.mentee.pk, keyring_of(cast.mentee))] == [first.pk]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Choose an answer"),
        ({"kind": "family"}, "Enter an email address, or an organisation"),
        ({"kind": "family", "email": "nonsense"}, "name@example.com"),
        ({"kind": "family", "email": "a@b.example", "practice": "Z90001"}, "Enter a person or an organisation"),
        ({"kind": "past_employer", "practice": "No such place"}, "We can't find an organisation"),
        ({"kind": "partner", "practice": "Z90001"}, "We always leave out your own organisation"),
        ({"kind": "family", "practice": "Practice"}, "Which of these is it?"),
    ],
)
def test_a_conflict_that_says_too_little_is_told_at_its_place(cast, client, typed, told):
    answer = press(sign_in(client, cast.mentee), "/account/conflicts/", **typed)
    assert told in text_of(answer)
    assert ConflictDeclaration.objects.count() == 0


@pytest.mark.parametrize("locked", [False, True])
def test_knowing_someone_too_well_ends_it_and_tells_nobody_why(cast, client, locked):
    row = asked(cast)
    path = f"/introductions/{row.pk}/"
    mentor = sign_in(client, cast.mentor, locked=locked)
    assert f"{path}conflict/" in text_of(mentor.get(path))
    assert press(mentor, f"{path}conflict/", kind="nonsense").status_code == 422
    form = {"once": str(uuid4()), "kind": "own_patient"}
    for _press in range(2):
        assert mentor.post(f"{path}conflict/", form)["Location"] == "/my-mentoring/"
    assert ConflictDeclaration.objects.count() == 1
    assert "patient is" not in text_of(sign_in(Client(), cast.mentee).get(path))
    coordinator = sign_in(Client(), cast.coordinator)
    desk, request = f"{path}desk/", f"/requests/{row.request_id}/desk/"
    told = [text_of(coordinator.get(page)) for page in (desk, request)]
    assert "Mina Patel is back in their old place in the queue. Choose another mentor" in told[0]
    assert "1 mentor isn't available for this request just now." in told[1]
    Introduction.objects.update(stage="mentor_unavailable")
    ConflictDeclaration.objects.all().delete()
    MentorStanding.objects.update(capacity=0)
    tokens = r'nonce="[^"]*"|value="[0-9a-zA-Z-]{36,64}"'
    full = [re.sub(tokens, "", text_of(coordinator.get(page))) for page in (desk, request)]
    assert [re.sub(tokens, "", page) for page in told] == full, "as when the mentor had gone away"
