"""What the two say of their mentoring: how a session was, where they are on the way, how good it is for them."""

import uuid
from typing import ClassVar

from django.db import models

from ithaca.records.mentorships import stages
from ithaca.records.mentorships.models.meeting import Mentorship, Session
from ithaca.records.schemes.models import Scheme
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedField
from ithaca.tools.vault.tiers import Tier


class Feedback(StagedModel):
    """How a session was, in the mentee's words, for the mentor. One a session, asked for or not."""

    TABLE = stages.FEEDBACK
    TIERS: ClassVar = {"stage": Tier.T1, "text": Tier.T3}

    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="feedback")
    session = models.OneToOneField(Session, models.PROTECT, related_name="feedback")
    text = SealedField(tier=Tier.T3, kind="feedback.text", null=True)
    """Null until it is given."""
    version = models.PositiveIntegerField(default=0)
    reminded_on = models.DateField(null=True)


class PhaseStep(models.Model):
    """One of the two said where they are on the way. The newest counts."""

    TIERS: ClassVar = {"phase": Tier.T3}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="phase_steps")
    author = models.UUIDField()
    at = models.DateTimeField()
    phase = SealedField(tier=Tier.T3, kind="phase_step.phase")
    """A code of `vocabulary.PHASES`."""

    class Meta:
        indexes = [models.Index(fields=["mentorship", "at"])]


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
