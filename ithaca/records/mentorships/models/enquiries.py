"""What someone without an account asked in two minutes."""

from typing import ClassVar

from django.db import models

from ithaca.records.mentorships.rules.stages import pairing
from ithaca.records.schemes.models import Scheme
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedForMailbox
from ithaca.tools.vault.tiers import Tier


class Enquiry(StagedModel):
    """The two-minute request of someone without an account, sealed to the coordinators."""

    TABLE = pairing.ENQUIRY
    TIERS: ClassVar = {"stage": Tier.T1, "letter": Tier.T2}

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="enquiries")
    letter = SealedForMailbox(kind="enquiry.letter", mailbox="scheme_id")
    """JSON: first name, a safe way to reach me, a good time, one optional line."""
    asked_on = models.DateField()
