"""The agreement of two people who meet."""

from typing import ClassVar

from django.db import models

from ithaca.records.mentorships.models.mentorships import Mentorship
from ithaca.records.mentorships.rules.stages import room
from ithaca.records.schemes.models import AgreementTemplate
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedForPair
from ithaca.tools.vault.tiers import Tier


class Agreement(StagedModel):
    """The agreement of one mentorship: the scheme's text, and what the two changed in it, sealed to them."""

    TABLE = room.AGREEMENT
    TIERS: ClassVar = {"stage": Tier.T1, "wording": Tier.T3}

    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="agreements")
    number = models.PositiveSmallIntegerField(default=1)
    template = models.ForeignKey(AgreementTemplate, models.PROTECT, related_name="+")
    wording = SealedForPair(kind="contract.wording", relationship="mentorship_id", author="wording_by", null=True)
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
        db_table = "mentorships_contract"
        constraints = [models.UniqueConstraint(fields=["mentorship", "number"], name="one_contract_a_number")]
