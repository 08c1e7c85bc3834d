"""Messages between a mentor and their mentee."""

import uuid
from typing import ClassVar

from django.db import models

from ithaca.records.mentorships.models.mentorships import Mentorship
from ithaca.tools.vault.fields import SealedForPair
from ithaca.tools.vault.tiers import Tier


class Message(models.Model):
    """A word from one to the other. It is never changed; its author may take it back for a short while."""

    TIERS: ClassVar = {"text": Tier.T3}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="messages")
    author = models.UUIDField()
    at = models.DateTimeField()
    text = SealedForPair(kind="message.text", relationship="mentorship_id", author="author", null=True)
    """Null once it was taken back, or destroyed by both."""

    class Meta:
        indexes = [models.Index(fields=["mentorship", "at"])]
