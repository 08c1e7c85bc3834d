"""How a mentorship ended."""

from typing import ClassVar

from django.db import models

from ithaca.records.mentorships.models.mentorships import Mentorship
from ithaca.records.mentorships.rules.stages import room
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedForPair
from ithaca.tools.vault.tiers import Tier


class Ending(StagedModel):
    """How a mentorship came to its end. Either may stop it at once; no reason is needed."""

    TABLE = room.ENDING
    TIERS: ClassVar = {"stage": Tier.T1, "words": Tier.T3}

    mentorship = models.OneToOneField(Mentorship, models.PROTECT, related_name="ending")
    asked_by = models.UUIDField()
    asked_on = models.DateField()
    words = SealedForPair(kind="ending.words", relationship="mentorship_id", author="asked_by", null=True)
    """A last word to the other, if any; sealed to the two."""
