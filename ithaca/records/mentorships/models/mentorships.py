"""The relationship of two people."""

from typing import ClassVar

from django.db import models

from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models.introductions import Introduction
from ithaca.records.mentorships.rules.stages import room
from ithaca.records.schemes.models import Scheme
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.tiers import Tier


class Mentorship(StagedModel):
    """The relationship. Its uuid is the introduction's, under which its keys were granted."""

    TABLE = room.MENTORSHIP
    TIERS: ClassVar = {"stage": Tier.T1}

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="mentorships")
    mentee = models.ForeignKey(Membership, models.PROTECT, related_name="as_mentee")
    mentor = models.ForeignKey(Membership, models.PROTECT, related_name="as_mentor")
    introduction = models.OneToOneField(Introduction, models.PROTECT, null=True, related_name="mentorship")
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    one_off = models.BooleanField(default=False)
    """One conversation under ground rules; it becomes a mentorship when both have said so."""
    mentee_goes_on_at = models.DateTimeField(null=True)
    mentor_goes_on_at = models.DateTimeField(null=True)
    held_before = models.PositiveSmallIntegerField(default=0)
    """Sessions that the two had before they came here, of a pair that met elsewhere."""
    asked_on = models.DateField(null=True)
    """When the mentee of such a pair asked for a mentor, if it is known."""
    paused_until = models.DateField(null=True)
    """Until when the two mean to pause, if they said so."""
    pause_told_for = models.DateField(null=True)
    """Of which such day the two have been told that it has come."""
    version = models.PositiveIntegerField(default=1)
