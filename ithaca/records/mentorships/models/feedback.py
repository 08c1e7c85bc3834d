"""How a session was."""

from typing import ClassVar

from django.db import models

from ithaca.records.mentorships.models.mentorships import Mentorship
from ithaca.records.mentorships.models.sessions import Session
from ithaca.records.mentorships.rules.stages import room
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedForPair
from ithaca.tools.vault.tiers import Tier


class Feedback(StagedModel):
    """How a session was, in the mentee's words, for the mentor. One a session, asked for or not."""

    TABLE = room.FEEDBACK
    TIERS: ClassVar = {"stage": Tier.T1, "text": Tier.T3}

    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="feedback")
    session = models.OneToOneField(Session, models.PROTECT, related_name="feedback")
    text = SealedForPair(
        kind="feedback.text", relationship="mentorship_id", author="mentorship.mentee.user_id", null=True
    )
    """Null until it is given."""
    version = models.PositiveIntegerField(default=0)
    reminded_on = models.DateField(null=True)
