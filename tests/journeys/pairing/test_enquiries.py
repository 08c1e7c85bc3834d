"""The two-minute request, without an account."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from ithaca.records.mentorships.models import Enquiry
from ithaca.records.mentorships.pairing.queries.enquiries import open_enquiry
from ithaca.records.mentorships.pairing.queries.requests import answer_due
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault.models import Mailbox
from tests.cast import keyring_of, sign_in
from tests.journeys.pairing.pages import QUICK, begin, text_of
from tests.records.mentorships.pairs import (
    fresh,
)

pytestmark = pytest.mark.django_db


def test_a_visitor_asks_and_is_told_what_happens_next_and_by_when(cast, client):
    response = client.post("/schemes/managers/ask/", QUICK | {"once": str(uuid4())}, follow=True)
    due = answer_due(timezone.localdate())
    assert due.strftime("%A") in text_of(response)
    assert "/accounts/signup/" in text_of(response)
    enquiry = Enquiry.objects.get()
    said = open_enquiry(enquiry, keyring_of(cast.coordinator))
    assert (said.first_name, said.reach_at, said.line) == ("Jo", "01632 960 000", "Help")
    to = set(OutboxLetter.objects.values_list("recipient", flat=True))
    assert to == {cast.coordinator.pk, cast.deputy.pk}
    for letter in OutboxLetter.objects.all():
        assert not re.search(r"Jo\b|960|Help", letter.subject + letter.text + letter.html)


def test_asking_twice_with_one_form_makes_one_request(cast, client):
    form = QUICK | {"once": str(uuid4())}
    for _ in range(2):
        assert client.post("/schemes/managers/ask/", form).status_code == 302
    assert Enquiry.objects.count() == 1
    assert OutboxLetter.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"first_name": "x" * 61},
        {"way": "pigeon"},
        {"reach_at": "\x00"},
        {"good_time": ""},
        {"line": "🙂" * 301},
        {"first_name": ["a", "b"], "way": ["phone", "nonsense"]},
    ],
)
def test_bad_input_is_answered_at_the_field_and_nothing_is_kept(cast, client, wrong):
    response = client.post("/schemes/managers/ask/", (QUICK | wrong) if wrong else {})
    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert "<title>Error: " in text_of(response)
    assert Enquiry.objects.count() == 0


def test_emoji_and_long_words_are_kept_as_typed(cast, client):
    client.post("/schemes/managers/ask/", QUICK | {"first_name": "Zoë 🙂", "once": "not a uuid"})
    assert open_enquiry(Enquiry.objects.get(), keyring_of(cast.coordinator)).first_name == "Zoë 🙂"


def test_a_scheme_without_a_mailbox_says_so_kindly_and_loses_nothing(cast, client):
    Mailbox.objects.all().delete()
    page = text_of(client.get("/schemes/managers/ask/"))
    assert cast.scheme.contact_email in page
    assert 'name="first_name"' not in page
    response = client.post("/schemes/managers/ask/", QUICK)
    assert response.status_code == 503
    assert "01632 960 000" in text_of(response)
    assert Enquiry.objects.count() == 0


def test_the_thirty_first_request_of_an_hour_from_one_address_waits_and_loses_nothing(cast, client):
    for number in range(31):
        once = str(uuid4())
        response = client.post("/schemes/managers/ask/", QUICK | {"line": f"Words of call {number}", "once": once})
    page = text_of(response)
    assert response.status_code == 429
    assert "There have been too many requests from here" in page
    assert "Words of call 30" in page
    assert "01632 960 000" in page
    assert once in page, "sent again, it is still the same form"
    assert Enquiry.objects.count() == 30
    elsewhere = client.post("/schemes/managers/ask/", QUICK | {"once": once}, REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 302
    assert Enquiry.objects.count() == 31


def test_what_is_to_be_corrected_does_not_count_as_a_request(cast, client):
    for _ in range(31):
        assert client.post("/schemes/managers/ask/", QUICK | {"way": "pigeon"}).status_code == 422
    assert client.post("/schemes/managers/ask/", QUICK | {"once": str(uuid4())}).status_code == 302


def test_a_scheme_that_is_closed_or_unknown_has_no_such_page(cast, client):
    cast.scheme.is_open = False
    cast.scheme.save()
    for slug in ("managers", "no-such"):
        assert client.get(f"/schemes/{slug}/ask/").status_code == 404


def test_the_place_in_the_queue_is_that_of_the_two_minute_request(cast, mina):
    mina.post("/schemes/managers/ask/", QUICK | {"once": str(uuid4())})
    Enquiry.objects.update(asked_on=timezone.localdate() - timedelta(days=9))
    row = begin(mina, cast)
    mina.post(f"/requests/{row.pk}/reasons/edit/", {"reasons": ["new_in_post"]})
    mina.post(f"/requests/{row.pk}/check/", {"once": str(uuid4())})
    assert fresh(row).asked_on == timezone.localdate() - timedelta(days=9)
    assert Enquiry.objects.get().stage == "joined"


def test_a_visitor_who_makes_an_account_later_keeps_the_day_they_first_asked(cast, client):
    client.post("/schemes/managers/ask/", QUICK | {"once": str(uuid4())})
    Enquiry.objects.update(asked_on=timezone.localdate() - timedelta(days=3))
    row = begin(sign_in(client, cast.mentee), cast)
    assert row.enquiry == Enquiry.objects.get()
