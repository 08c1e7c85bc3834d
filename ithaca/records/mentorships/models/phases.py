"""The phase that a mentor and mentee say they are in."""

import uuid
from typing import ClassVar

from django.db import models

from ithaca.records.mentorships.models.mentorships import Mentorship
from ithaca.tools.vault.fields import SealedForPair
from ithaca.tools.vault.tiers import Tier


class PhaseStep(models.Model):
    """One of the two said where they are on the way. The newest counts."""

    TIERS: ClassVar = {"phase": Tier.T3}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="phase_steps")
    author = models.UUIDField()
    at = models.DateTimeField()
    phase = SealedForPair(kind="phase_step.phase", relationship="mentorship_id", author="author")
    """A code of `vocabulary.PHASES`."""

    class Meta:
        indexes = [models.Index(fields=["mentorship", "at"])]
