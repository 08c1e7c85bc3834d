"""The mailbox of a new scheme: opened once, by two, before a visitor writes."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ithaca.records.mentorships.models import Enquiry
from ithaca.records.schemes.actions import appointments
from ithaca.records.schemes.models import Appointment, Scheme
from ithaca.tools.vault import directory
from tests.cast import keyring_of, make_person, make_scheme, sign_in
from tests.journeys.coordinating.world import once

pytestmark = pytest.mark.django_db


def coordinated(scheme: Scheme, name: str) -> object:
    person = make_person(name)
    appointments.appoint(scheme, person.pk, Appointment.Duty.COORDINATOR, timezone.localdate())
    return person


def test_one_opens_it_and_both_read_what_is_written(client: Client) -> None:
    scheme = make_scheme("fresh")
    first, second = coordinated(scheme, "First"), coordinated(scheme, "Second")
    page = reverse("configuring:mailbox", args=[scheme.slug])
    sign_in(client, first)
    assert page in client.get(reverse("coordinating:desk", args=[scheme.slug])).text
    assert "Open the mailbox" in client.get(page).text
    for _press in range(2):
        assert client.post(page, once()).status_code == 302
    assert [address.epoch for address in directory.addresses_of(scheme.pk)] == [0]
    enquiry = Enquiry(scheme=scheme)
    enquiry.letter = Enquiry.letter.seal(enquiry, "Hello")
    for person in (first, second):
        assert Enquiry.letter.unseal(enquiry, keyring_of(person)) == "Hello"
    assert "You don't need to do anything else" in client.get(page).text


def test_alone_it_stays_closed(client: Client) -> None:
    scheme = make_scheme("fresh")
    sign_in(client, coordinated(scheme, "First"))
    page = reverse("configuring:mailbox", args=[scheme.slug])
    answer = client.post(page, once())
    assert answer.status_code == 422
    assert "It takes two people to open it" in answer.text
    assert directory.addresses_of(scheme.pk) == []
