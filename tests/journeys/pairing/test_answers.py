"""The answers of a request, page by page."""

from uuid import uuid4

import pytest
from django.utils import timezone

from ithaca.records.mentorships.pairing.queries.requests import answers_of, story_of
from tests.cast import keyring_of, sign_in
from tests.journeys.pairing.pages import begin, text_of
from tests.records.mentorships.pairs import (
    STORY,
    fresh,
    wait,
)

pytestmark = pytest.mark.django_db


def test_the_whole_way_from_the_first_page_to_the_request(cast, mina):
    row = begin(mina, cast)
    said = {
        "reasons": {"reasons": ["new_in_post", "under_pressure"]},
        "roles": {"roles": ["guide"]},
        "topics": {"topics": ["staff", "finance"]},
        "times": {"slots": ["mon-am", "wed-pm"]},
        "ways": {"ways": ["video"], "wants_near": "away"},
        "languages": {"languages": ["en", "cy"]},
        "story": {"story": STORY},
    }
    pages = list(said)
    for page, following in zip(pages, [*pages[1:], "people"], strict=True):
        assert mina.get(f"/requests/{row.pk}/{page}/edit/").status_code == 200
        response = mina.post(f"/requests/{row.pk}/{page}/edit/", said[page] | {"version": "1"})
        assert response["Location"] == f"/requests/{row.pk}/{following}/edit/"
    answers = answers_of(fresh(row))
    assert answers.topics == ("staff", "finance")
    assert answers.wants_near is False
    assert story_of(fresh(row), keyring_of(cast.mentee)) == STORY
    assert STORY in text_of(mina.get(f"/requests/{row.pk}/check/"))
    response = mina.post(f"/requests/{row.pk}/check/", {"once": str(uuid4())}, follow=True)
    assert "We're reading your request" in text_of(response)
    assert (fresh(row).stage, fresh(row).asked_on) == ("submitted", timezone.localdate())


def test_save_and_come_back_later_keeps_the_answer(cast, mina):
    row = begin(mina, cast)
    response = mina.post(f"/requests/{row.pk}/reasons/edit/", {"reasons": ["big_change"], "later": "1"})
    assert response["Location"] == "/my-mentoring/"
    assert 'value="big_change" checked' in text_of(mina.get(f"/requests/{row.pk}/reasons/edit/"))
    assert begin(mina, cast) == row


def test_a_draft_may_be_gone_through_back_and_forth(cast, mina):
    row = begin(mina, cast)
    for reasons in (["big_change"], ["new_in_post"]):
        assert mina.post(f"/requests/{row.pk}/reasons/edit/", {"reasons": reasons, "version": "1"}).status_code == 302
    assert answers_of(fresh(row)).reasons == ("new_in_post",)


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("reasons", {}),
        ("reasons", {"reasons": ["nonsense"]}),
        ("roles", {"roles": ["guide", "boss"]}),
        ("topics", {"topics": ["complaints"]}),
        ("times", {"slots": ["sun-night"]}),
        ("ways", {"wants_near": "there"}),
        ("languages", {"languages": ["\x00"]}),
        ("story", {"story": "x" * 4001}),
        ("story", {"story": "a\x00b"}),
    ],
)
def test_bad_answers_are_answered_at_the_field(cast, mina, page, wrong):
    row = begin(mina, cast)
    response = mina.post(f"/requests/{row.pk}/{page}/edit/", wrong)
    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert fresh(row).version == row.version


def test_a_later_change_in_two_windows_asks_before_it_overwrites(cast, mina):
    row = wait(cast)
    seen = row.version
    first = mina.post(f"/requests/{row.pk}/roles/edit/", {"roles": ["guide"], "version": seen})
    second = mina.post(f"/requests/{row.pk}/roles/edit/", {"roles": ["challenger"], "version": seen})
    assert (first.status_code, second.status_code) == (302, 409)
    assert answers_of(fresh(row)).roles == ("guide",)
    page = text_of(second)
    assert "changed in another window" in page
    assert 'value="challenger" checked' in page
    again = mina.post(f"/requests/{row.pk}/roles/edit/", {"roles": ["challenger"], "version": fresh(row).version})
    assert again.status_code == 302
    assert answers_of(fresh(row)).roles == ("challenger",)


def test_a_locked_author_is_asked_to_unlock_and_the_story_goes_on(cast, client):
    row = begin(sign_in(client, cast.mentee, locked=True), cast)
    response = client.post(f"/requests/{row.pk}/story/edit/", {"story": STORY})
    assert "/requests/" not in response.headers.get("Location", "")
    assert fresh(row).story is None
    assert STORY in response.content.decode()
