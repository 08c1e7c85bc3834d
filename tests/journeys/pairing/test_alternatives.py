"""What else someone could do: the coordinator tells them, and they choose."""

import pytest
from django.test import Client

from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from tests.cast import sign_in
from tests.journeys.pairing.pages import NEW, press, text_of
from tests.records.mentorships.pairs import (
    fresh,
    wait,
)

pytestmark = pytest.mark.django_db


def test_the_coordinator_tells_and_the_mentee_chooses(cast, mina):
    request = wait(cast)
    desk = sign_in(Client(), cast.coordinator)
    for _ in range(2):
        assert press(desk, f"/requests/{request.pk}/say-unlikely/").status_code == 302
    page = text_of(mina.get(f"/requests/{request.pk}/alternatives/"))
    assert "We're sorry" in page
    assert press(mina, f"/requests/{request.pk}/alternatives/").status_code == 422
    assert press(mina, f"/requests/{request.pk}/alternatives/", code="bribe").status_code == 422
    assert press(mina, f"/requests/{request.pk}/alternatives/", code="groups").status_code == 302
    assert "a local group" in text_of(desk.get(f"/requests/{request.pk}/desk/"))


def test_a_neighbouring_scheme_needs_consent(cast, mina):
    request = wait(cast)
    path = f"/requests/{request.pk}/alternatives/elsewhere/"
    chosen = press(mina, f"/requests/{request.pk}/alternatives/", code="neighbour")
    assert chosen["Location"] == path
    assert press(mina, path, scheme="neighbours").status_code == 422
    assert press(mina, path, scheme=cast.scheme.slug, consent="on").status_code == 422
    assert MentoringRequest.objects.count() == 1, "nothing goes anywhere without a yes"
    press(mina, f"/requests/{request.pk}/preference/", address=NEW, version=str(fresh(request).version))
    assert press(mina, path, scheme="neighbours", consent="on").status_code == 302
    made = MentoringRequest.objects.get(membership__scheme=cast.other_scheme, stage="draft")
    assert answers_of(made).prefers_address == "", "whom one has heard of stays behind"
