"""The outbox: emails that are written in the transaction that causes them, and sent afterwards."""

import uuid
from typing import ClassVar

from django.db import models

from ithaca.tools.vault.tiers import Tier


class OutboxLetter(models.Model):
    """An email as it will be sent. It names nobody and says nothing of what was said."""

    TIERS: ClassVar = {
        "kind": Tier.T1,
        "address": Tier.T1,
        "subject": Tier.T1,
        "text": Tier.T1,
        "html": Tier.T1,
        "invitation": Tier.T1,
        "invitation_method": Tier.T1,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=60)
    recipient = models.UUIDField(null=True, db_index=True)
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    invitation = models.TextField(blank=True)
    invitation_method = models.CharField(max_length=10, blank=True)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["written_at"]
        indexes = [models.Index(fields=["sent_at", "due_at"])]


class Silence(models.Model):
    """An account that gets no emails yet, except those its owner asks for."""

    TIERS: ClassVar[dict[str, Tier]] = {}

    account = models.UUIDField(primary_key=True)
    since = models.DateTimeField()
