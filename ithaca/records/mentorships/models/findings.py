"""A mentee who has found a mentor of their own."""

from typing import ClassVar

from django.db import models

from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.models.requests import MentoringRequest
from ithaca.tools.vault.fields import SealedForServer
from ithaca.tools.vault.tiers import Tier


class Finding(models.Model):
    """Whom the mentee of a request would like to register with, by an email address.

    `invitation` is the personal link that was sent to the address, `standing` the mentor once there is one.
    """

    TIERS: ClassVar = {"address": Tier.T1S}

    request = models.OneToOneField(MentoringRequest, models.CASCADE, primary_key=True, related_name="finding")
    address = SealedForServer(kind="finding.address")
    invitation = models.UUIDField(null=True)
    standing = models.ForeignKey(MentorStanding, models.PROTECT, null=True, related_name="+")
    found_on = models.DateField()
