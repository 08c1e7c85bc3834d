"""Sending what is in the outbox."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from ithaca.tools.post.models import OutboxLetter

RETRY_AFTER = timedelta(minutes=10)
GIVE_UP_AFTER = 20


def deliver_due(at: datetime, most: int = 200) -> int:
    """Send up to `most` emails that are due. Return how many were sent.

    Each letter is claimed in its own transaction before it is sent, so that two workers never send it twice; a
    letter whose sending fails is due again ten minutes later. An installation without a mail server keeps its
    letters in the outbox; the demo, which has a page for them, counts them as sent.
    """
    if not (can_send() or settings.DEMO):
        return 0
    due = OutboxLetter.objects.filter(sent_at=None, due_at__lte=at, attempts__lt=GIVE_UP_AFTER)
    return sum(_deliver(pk, at) for pk in due.values_list("pk", flat=True)[:most])


def can_send() -> bool:
    """Return whether the settings name a mail server."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def _deliver(pk: UUID, at: datetime) -> bool:
    with transaction.atomic():
        letter = OutboxLetter.objects.select_for_update().filter(pk=pk, sent_at=None, due_at__lte=at).first()
        if letter is None:
            return False
        letter.attempts += 1
        letter.due_at = at + RETRY_AFTER
        letter.save(update_fields=["attempts", "due_at"])
    try:
        _message(letter).send()
    except OSError:
        return False
    OutboxLetter.objects.filter(pk=pk).update(sent_at=at)
    return True


def _message(letter: OutboxLetter) -> EmailMultiAlternatives:
    """Build the message. Its Message-ID is fixed, so that one sent again after a crash is known to be the same.

    A calendar file goes twice, as mail programs expect: as the invitation that they show, and as a file to open.
    """
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {"Message-ID": f"<{letter.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.address], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    if letter.invitation:
        calendar = f"text/calendar; method={letter.invitation_method}"
        message.attach_alternative(letter.invitation, calendar)
        message.attach("invitation.ics", letter.invitation, calendar)
    return message
