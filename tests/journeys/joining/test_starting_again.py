"""A new key when every secret is lost: asked for, announced, and made a day later unless it is stopped."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from ithaca.records.members.models import User
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault import slots
from ithaca.tools.vault.models import KeyPair
from ithaca.tools.vault.slots import SlotKind
from tests.cast import NOW, PASSWORD, make_person
from tests.journeys.joining.pages import text_of
from tests.journeys.joining.test_unlocking import OTHER
from tests.journeys.joining.test_unlocking import _reset as reset

pytestmark = pytest.mark.django_db
AWAY = "/account/keep-away/"
AGAIN = "/unlock/start-again/"
ASK = {"password": OTHER, "sure": "on"}


@pytest.fixture
def ann() -> User:
    return make_person("Ann Bell")


def public_key(user: User) -> bytes:
    return bytes(KeyPair.objects.get(pk=user.pk).public_key)


def asked_for_a_new_key(client: Client, user: User) -> bytes:
    """After a reset of the password; returns the key as it was."""
    before = public_key(user)
    reset(client, user)
    assert client.post(AGAIN, {"password": OTHER}).status_code == 422
    assert client.post(AGAIN, {**ASK, "password": "not-this-one-2"}).status_code == 422
    assert "Stop it" not in text_of(client.get(AGAIN))
    assert client.post(AGAIN, ASK)["Location"] == AGAIN
    return before


def test_a_new_key_waits_a_day_and_then_gives_up_the_old_one(client: Client, ann: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        before = asked_for_a_new_key(client, ann)
        clock.shift(timedelta(hours=23, minutes=59))
        client.post("/accounts/login/", {"login": ann.email, "password": OTHER})
        client.post(AGAIN, ASK)
        assert public_key(ann) == before
        assert "You've asked to start again" in text_of(client.get(AGAIN))
        clock.shift(timedelta(minutes=1))
        assert client.post(AGAIN, {**ASK, "password": "not-this-one-2"}).status_code == 422
        assert public_key(ann) == before
        assert client.post(AGAIN, ASK)["Location"] == "/account/recovery-code/"
        assert public_key(ann) != before
        assert client.get(AWAY).status_code == 200
        again = public_key(ann)
        client.post(AGAIN, ASK)
        assert public_key(ann) == again


def test_the_letter_about_a_new_key_comes_once_and_names_nobody(client: Client, ann: User) -> None:
    asked_for_a_new_key(client, ann)
    client.post(AGAIN, ASK)
    letter = OutboxLetter.objects.get(kind="new_key_asked")
    assert letter.address == ann.email
    assert AGAIN in letter.text
    assert "Ann" not in letter.subject + letter.text
    assert "Bell" not in letter.subject + letter.text


@pytest.mark.parametrize("by", ["button", "old password", "code"])
def test_a_new_key_is_stopped(client: Client, ann: User, by: str) -> None:
    code = slots.new_recovery_code(ann.pk, slots.open_with(ann.pk, SlotKind.PASSWORD, PASSWORD))
    with time_machine.travel(NOW, tick=False) as clock:
        before = asked_for_a_new_key(client, ann)
        if by == "button":
            client.post(AGAIN, {"stop": "1"})
        else:
            secret = code if by == "code" else PASSWORD
            client.post("/unlock/recover/", {"unlock-secret": secret, "unlock-password": OTHER})
        clock.shift(timedelta(hours=25))
        client.post("/accounts/login/", {"login": ann.email, "password": OTHER})
        client.post(AGAIN, ASK)
        assert public_key(ann) == before


def test_a_new_key_that_was_asked_for_long_ago_is_asked_for_again(client: Client, ann: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        before = asked_for_a_new_key(client, ann)
        clock.shift(timedelta(days=8))
        client.post("/accounts/login/", {"login": ann.email, "password": OTHER})
        client.post(AGAIN, ASK)
        assert public_key(ann) == before
        assert OutboxLetter.objects.filter(kind="new_key_asked").count() == 2
