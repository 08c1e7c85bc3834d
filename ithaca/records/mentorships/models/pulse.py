"""How good mentoring is for people, counted without names."""

import uuid
from typing import ClassVar

from django.db import models

from ithaca.records.schemes.models import Scheme
from ithaca.tools.vault.tiers import Tier


class PulseCheck(models.Model):
    """How many people of one side of a scheme gave one score in a quarter: no person, no pair, no moment, no order.

    The five rows of a quarter are made and written together, so that none of them shows when it was last counted up.
    """

    TIERS: ClassVar = {"side": Tier.T1}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="pulse_checks")
    side = models.CharField(max_length=10)
    """mentee or mentor."""
    quarter = models.DateField()
    """Its first day."""
    score = models.PositiveSmallIntegerField()
    """1 to 5."""
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "side", "quarter", "score"], name="one_count_a_score")]
