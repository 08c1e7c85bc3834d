"""A mentee's request for a mentor."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models.enquiries import Enquiry
from ithaca.records.mentorships.rules.stages import pairing
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedForAuthor, SealedForServer
from ithaca.tools.vault.tiers import Tier


class MentoringRequest(StagedModel):
    """Someone asks for a mentor. `asked_on` is their place in the queue, and never changes."""

    TABLE = pairing.REQUEST
    TIERS: ClassVar = {
        "stage": Tier.T1,
        "answers": Tier.T1S,
        "story": Tier.T3,
        "signposts": Tier.T1S,
        "alternative": Tier.T1,
    }

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="requests")
    enquiry = models.OneToOneField(Enquiry, models.PROTECT, null=True, related_name="request")
    answers = SealedForServer(kind="request.answers", null=True)
    """JSON: reasons, roles, topics, slots, ways, languages, wants_near, prefers."""
    story = SealedForAuthor(kind="request.story", author="membership.user_id", null=True)
    """In the mentee's own words; theirs alone until they say yes to an introduction."""
    one_off = models.BooleanField(default=False)
    """One conversation is asked for, and no more."""
    asked_on = models.DateField(null=True)
    escalated_on = models.DateField(null=True)
    """The day on which a person said that nobody is likely soon."""
    alternative = models.CharField(max_length=20, blank=True)
    """What the mentee chose then: a code of `alternatives.ALTERNATIVES`."""
    signposts = SealedForServer(kind="request.signposts", null=True)
    """JSON: the uuids of the signposts that a coordinator's answer names."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["stage", "asked_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=~Q(stage__in=[stage.value for stage in pairing.CLOSED]),
                name="one_open_request_a_member",
            )
        ]
