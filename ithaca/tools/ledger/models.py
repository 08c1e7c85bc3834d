"""The ledger's one table."""

import uuid
from typing import ClassVar

from django.db import models

from ithaca.tools.vault.tiers import Tier


class Step(models.Model):
    """One step of one record: the act, by whom, when, and the stages before and after."""

    TIERS: ClassVar = {"noun": Tier.T1, "act": Tier.T1, "by": Tier.T1, "frm": Tier.T1, "to": Tier.T1}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField()
    noun = models.CharField(max_length=30)
    subject = models.UUIDField()
    act = models.CharField(max_length=40)
    by = models.CharField(max_length=20)
    actor = models.UUIDField(null=True)
    form = models.UUIDField(null=True, unique=True)
    frm = models.CharField(max_length=30, blank=True)
    to = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["noun", "subject", "at"])]
