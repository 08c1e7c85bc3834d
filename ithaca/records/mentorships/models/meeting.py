"""The relationship of two people, from its first day to its ending."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from ithaca.records.members.models import Membership
from ithaca.records.mentorships import stages
from ithaca.records.mentorships.models.pairing import Introduction
from ithaca.records.schemes.models import AgreementTemplate, Scheme
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedField
from ithaca.tools.vault.tiers import Tier


class Mentorship(StagedModel):
    """The relationship. Its uuid is the introduction's, under which its keys were granted."""

    TABLE = stages.MENTORSHIP
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


class Contract(StagedModel):
    """The agreement of one mentorship: the scheme's text, and what the two changed in it, sealed to them."""

    TABLE = stages.CONTRACT
    TIERS: ClassVar = {"stage": Tier.T1, "wording": Tier.T3}

    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="contracts")
    number = models.PositiveSmallIntegerField(default=1)
    template = models.ForeignKey(AgreementTemplate, models.PROTECT, related_name="+")
    wording = SealedField(tier=Tier.T3, kind="contract.wording", null=True)
    """JSON {clause key: text} of the clauses the two have changed; null while it is the scheme's text."""
    wording_by = models.UUIDField(null=True)
    """Who last changed the wording: the author in its seal."""
    mentee_agreed_at = models.DateTimeField(null=True)
    mentor_agreed_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    """When the two mean to look at it again."""
    review_told_for = models.DateField(null=True)
    """Of which such day the two have been told that it has come."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mentorship", "number"], name="one_contract_a_number")]


class Session(StagedModel):
    """One meeting: facts only. What was said is a reflection, and sealed."""

    TABLE = stages.SESSION
    TIERS: ClassVar = {"stage": Tier.T1, "way": Tier.T1S, "place": Tier.T1S}

    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    way = SealedField(tier=Tier.T1S, kind="session.way", null=True)
    place = SealedField(tier=Tier.T1S, kind="session.place", null=True)
    """Where to meet, the link or the number to call."""
    sequence = models.PositiveIntegerField(default=0)
    """The calendar invitation's SEQUENCE: rises with every update (RFC 5545, 3.8.7.4)."""
    proposed_by = models.UUIDField()
    made_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["mentorship", "number"], name="one_session_a_number")]


class Ending(StagedModel):
    """How a mentorship came to its end. Either may stop it at once; no reason is needed."""

    TABLE = stages.ENDING
    TIERS: ClassVar = {"stage": Tier.T1, "words": Tier.T3}

    mentorship = models.OneToOneField(Mentorship, models.PROTECT, related_name="ending")
    asked_by = models.UUIDField()
    asked_on = models.DateField()
    words = SealedField(tier=Tier.T3, kind="ending.words", null=True)
    """A last word to the other, if any; sealed to the two."""
