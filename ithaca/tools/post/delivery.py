"""Sending what lies in the outbox."""

from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from ithaca.tools.post.models import OutboxLetter

RETRY_AFTER = timedelta(minutes=10)
GIVE_UP_AFTER = 20


def deliver_due(at: datetime, most: int = 200) -> int:
    """Send up to `most` letters that are due. Returns how many left.

    Each letter is claimed in its own transaction before it is sent, so that two workers never send it twice; a
    letter whose sending fails is due again ten minutes later.
    """
    sent = 0
    for pk in OutboxLetter.objects.filter(sent_at=None, due_at__lte=at).values_list("pk", flat=True)[:most]:
        sent += _deliver(pk, at)
    return sent


def _deliver(pk: object, at: datetime) -> bool:
    with transaction.atomic():
        letter = OutboxLetter.objects.select_for_update().filter(pk=pk, sent_at=None, due_at__lte=at).first()
        if letter is None or letter.attempts >= GIVE_UP_AFTER:
            return False
        letter.attempts += 1
        letter.due_at = at + RETRY_AFTER
        letter.save(update_fields=["attempts", "due_at"])
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.address])
    message.attach_alternative(letter.html, "text/html")
    if letter.invitation:
        message.attach("invitation.ics", letter.invitation, f"text/calendar; method={letter.invitation_method}")
    try:
        message.send()
    except OSError:
        return False
    OutboxLetter.objects.filter(pk=pk).update(sent_at=at)
    return True
