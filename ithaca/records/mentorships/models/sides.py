"""What the mentor and the mentee each keep of the room they share."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from ithaca.records.mentorships.models.mentorships import Mentorship
from ithaca.tools.vault.fields import SealedForAuthor, SealedForPair, SealedForServer
from ithaca.tools.vault.tiers import Tier


class Side(models.Model):
    """One person's side of a room: how far they have read, when they usually reply, what they wish for."""

    TIERS: ClassVar = {"replies": Tier.T1S, "roles": Tier.T3, "seen": Tier.T3}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="sides")
    person = models.UUIDField()
    made_at = models.DateTimeField(default=timezone.now)
    read_until = models.DateTimeField(null=True)
    """The moment of the newest message they have read."""
    notes_read_until = models.DateTimeField(null=True)
    """The same of shared notes."""
    told_at = models.DateTimeField(null=True)
    """When we last wrote to them that there is something to read."""
    replies = SealedForServer(kind="side.replies", null=True)
    """JSON: the days of `vocabulary.DAYS` on which they usually reply."""
    roles = SealedForPair(kind="side.roles", relationship="mentorship_id", author="person", null=True)
    """JSON {role: 0 to 3}: how much of each of the eight roles they wish for; sealed to the two."""
    seen = SealedForAuthor(kind="side.seen", author="person", null=True)
    """JSON: the agreement as they last saw it; their own alone."""
    unwritten_at = models.DateTimeField(null=True)
    """Since when they wish for no written record."""
    destroy_at = models.DateTimeField(null=True)
    """When they agreed to destroy what was written."""
    fine_until = models.DateField(null=True)
    """Until when they want no reminder, having said that all is well."""
    nudged_on = models.DateField(null=True)
    rating_asked_on = models.DateField(null=True)
    """When they were last asked how good it is for them. What they said is joined to nobody."""
    rating_open = models.BooleanField(default=False)
    """Is that question still open?"""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mentorship", "person"], name="one_side_a_person")]
