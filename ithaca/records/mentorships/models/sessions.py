"""Their sessions: facts only."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from ithaca.records.mentorships.models.mentorships import Mentorship
from ithaca.records.mentorships.rules.stages import room
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedForServer
from ithaca.tools.vault.tiers import Tier


class Session(StagedModel):
    """One meeting: facts only. What was said is a reflection, and sealed."""

    TABLE = room.SESSION
    TIERS: ClassVar = {"stage": Tier.T1, "way": Tier.T1S, "place": Tier.T1S}

    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    way = SealedForServer(kind="session.way", null=True)
    place = SealedForServer(kind="session.place", null=True)
    """Where to meet, the link or the number to call."""
    sequence = models.PositiveIntegerField(default=0)
    """The calendar invitation's SEQUENCE: rises with every update (RFC 5545, 3.8.7.4)."""
    proposed_by = models.UUIDField()
    made_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["mentorship", "number"], name="one_session_a_number")]
