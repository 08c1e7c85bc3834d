"""How a session was."""

from typing import ClassVar

from django.db import models

from ithaca.records.mentorships.models.mentorships import Mentorship
from ithaca.records.mentorships.models.sessions import Session
from ithaca.records.mentorships.rules.stages import room
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedField
from ithaca.tools.vault.tiers import Tier


class Feedback(StagedModel):
    """How a session was, in the mentee's words, for the mentor. One a session, asked for or not."""

    TABLE = room.FEEDBACK
    TIERS: ClassVar = {"stage": Tier.T1, "text": Tier.T3}

    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="feedback")
    session = models.OneToOneField(Session, models.PROTECT, related_name="feedback")
    text = SealedField(tier=Tier.T3, kind="feedback.text", null=True)
    """Null until it is given."""
    version = models.PositiveIntegerField(default=0)
    reminded_on = models.DateField(null=True)
