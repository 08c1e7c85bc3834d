"""The mentor someone would prefer: by name, or by an address that is never confirmed."""

from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.mentorships.pairing.queries.requests import answers_of
from tests.cast import sign_in
from tests.journeys.pairing.pages import NEW, press, text_of
from tests.records.mentorships.pairs import (
    fresh,
    wait,
)

pytestmark = pytest.mark.django_db


def test_someone_one_has_heard_of_is_looked_for_by_name(cast, mina):
    request = wait(cast)
    path = f"/requests/{request.pk}/preference/"
    assert "No mentor who agreed to be found" in text_of(press(mina, path, name="Omar", look="1"))
    cast.standing.listed = True
    cast.standing.save()
    assert "Omar Reed" in text_of(press(mina, path, name="omar", look="1"))
    answer = press(mina, path, name="omar", mentor=str(cast.standing.pk), version=str(fresh(request).version))
    assert answer.status_code == 302
    assert answers_of(fresh(request)).prefers == cast.standing.pk
    assert "Omar Reed" in text_of(mina.get(f"/requests/{request.pk}/"))
    assert press(mina, path, mentor=str(uuid4())).status_code == 422
    assert press(mina, path, version=str(fresh(request).version)).status_code == 302
    assert answers_of(fresh(request)).prefers is None, "an empty page is nobody"


def test_someone_named_over_a_change_in_another_window_is_saved_at_the_second_press(cast, mina):
    request = wait(cast)
    path, said = f"/requests/{request.pk}/preference/", {"address": NEW, "version": str(fresh(request).version)}
    press(mina, f"/requests/{request.pk}/kind/", kind="one_off", version=said["version"])
    answer = press(mina, path, **said)
    assert answer.status_code == 409
    again = answer.context["form"]
    assert press(mina, path, address=again["address"].value(), version=again["version"].value()).status_code == 302
    assert answers_of(fresh(request)).prefers_address == NEW


def test_an_address_is_matched_and_neither_confirmed_nor_denied(cast, mina):
    request = wait(cast)
    pages = []
    for address in (cast.mentor.email, NEW):
        said = {"address": address, "version": str(fresh(request).version), "once": str(uuid4())}
        response = mina.post(f"/requests/{request.pk}/preference/", said, follow=True)
        pages.append(text_of(response).replace(address, "them").split("<main")[1].split("csrf")[0])
        matched = answers_of(fresh(request)).prefers
        assert matched == (cast.standing.pk if address == cast.mentor.email else None)
    assert pages[0] == pages[1]
    assert "Omar" not in pages[0]


def test_a_mentor_says_whether_they_may_be_found_by_name(cast):
    omar = sign_in(Client(), cast.mentor)
    path = f"/memberships/{cast.mentor_member.pk}/offer/"
    assert "can't find you by name" in text_of(omar.get(path))
    omar.post(f"{path}list/", {"listed": "1"})
    assert fresh(cast.standing).listed
    omar.post(f"{path}list/")
    assert not fresh(cast.standing).listed
    assert sign_in(Client(), cast.mentee).post(f"{path}list/", {"listed": "1"}).status_code == 404
