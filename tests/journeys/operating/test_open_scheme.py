"""Opening a scheme on an installation where real people are."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.presets import PRACTICE_MANAGERS
from ithaca.records.schemes.queries.appointments import coordinators_of
from tests.cast import make_person, sign_in

pytestmark = pytest.mark.django_db


def opened(*coordinators: str, contact: str = "post@scheme.example", phone: str = "") -> str:
    out = StringIO()
    words = [word for address in coordinators for word in ("--coordinator", address)]
    words += ["--phone", phone] if phone else []
    call_command("open_scheme", PRACTICE_MANAGERS.slug, "--contact", contact, *words, stdout=out)
    return out.getvalue()


def test_a_scheme_is_opened_with_its_agreement_and_two_who_coordinate(client: Client) -> None:
    first, second = make_person("First"), make_person("Second")
    told = opened(first.email.upper(), second.email)
    scheme = Scheme.objects.get()
    desk = reverse("coordinating:desk", args=[scheme.slug])
    assert (scheme.slug, scheme.contact_email) == (PRACTICE_MANAGERS.slug, "post@scheme.example")
    assert scheme.contact_phone == ""
    assert scheme.agreement_templates.get().clauses
    assert coordinators_of(scheme) == [first.pk, second.pk]
    assert reverse("configuring:mailbox", args=[scheme.slug]) in told
    assert sign_in(client, second).get(desk).status_code == 200


def test_whatever_is_wrong_is_told_at_once_and_nothing_is_opened() -> None:
    first = make_person("First")
    with pytest.raises(CommandError) as found:
        opened(first.email, "nobody@scheme.example", contact="post")
    assert "nobody@scheme.example" in str(found.value)
    assert "post is not an email address" in str(found.value)
    with pytest.raises(CommandError, match="too long for a phone number"):
        opened(first.email, make_person("Second").email, phone="01632 960150, and then ask for us")
    with pytest.raises(CommandError, match="two coordinators"):
        opened(first.email, first.email.upper())
    assert not Scheme.objects.exists()


def test_a_scheme_is_opened_once() -> None:
    people = [make_person(name).email for name in ("First", "Second")]
    opened(*people, phone=" 01632 960150 ")
    assert Scheme.objects.get().contact_phone == "01632 960150"
    with pytest.raises(CommandError, match="already exists"):
        opened(*people)
    assert Scheme.objects.count() == 1
