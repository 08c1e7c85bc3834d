"""Letters leave once, and one that cannot leave is tried again."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from ithaca.tools.post import delivery, outbox
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW

pytestmark = pytest.mark.django_db


class DownBackend(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError


def written(at: datetime = NOW, invitation: outbox.Invitation | None = None) -> OutboxLetter:
    to = outbox.Recipient(None, "ada@practice.example")
    letter = outbox.Letter(to, "test", "A step is wanted", ("Please look.",), "Look", "/", outbox.SERVICE, invitation)
    outbox.put(letter, at)
    return OutboxLetter.objects.latest("written_at")


def test_a_letter_leaves_once() -> None:
    letter = written()
    assert delivery.deliver_due(NOW) == 1
    assert delivery.deliver_due(NOW + timedelta(hours=1)) == 0
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["ada@practice.example"], "A step is wanted")
    assert message.extra_headers["Message-ID"].startswith(f"<{letter.pk}@")


def test_nothing_leaves_before_it_is_due() -> None:
    written(NOW + timedelta(minutes=1))
    assert delivery.deliver_due(NOW) == 0


def test_a_letter_that_cannot_leave_is_tried_again_until_we_give_up(settings: Any) -> None:
    letter = written()
    settings.EMAIL_BACKEND = "tests.tools.post.test_delivery.DownBackend"
    at = NOW
    for _ in range(25):
        assert delivery.deliver_due(at) == 0
        assert delivery.deliver_due(at + timedelta(minutes=9)) == 0
        at += timedelta(minutes=10)
    letter.refresh_from_db()
    assert (letter.attempts, letter.sent_at) == (20, None)


def test_one_that_failed_goes_when_the_server_is_back(settings: Any) -> None:
    written()
    up, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.tools.post.test_delivery.DownBackend"
    delivery.deliver_due(NOW)
    settings.EMAIL_BACKEND = up
    assert delivery.deliver_due(NOW + timedelta(minutes=10)) == 1


def test_without_a_mail_server_letters_wait_but_in_the_demo(settings: Any) -> None:
    written()
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.DEMO = False
    assert delivery.deliver_due(NOW) == 0
    settings.DEMO = True
    assert delivery.deliver_due(NOW) == 1


def test_an_invitation_goes_as_an_invitation_and_as_a_file() -> None:
    written(invitation=outbox.Invitation("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "REQUEST"))
    delivery.deliver_due(NOW)
    parts = [part for part in mail.outbox[0].message().walk() if part.get_content_type() == "text/calendar"]
    assert [(part.get_param("method"), part.get_filename()) for part in parts] == [
        ("REQUEST", None),
        ("REQUEST", "invitation.ics"),
    ]
