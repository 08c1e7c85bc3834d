"""What the two write to each other and for themselves, and what is each one's own to say in their room."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from ithaca.records.mentorships.models.meeting import Mentorship
from ithaca.tools.vault.fields import SealedField
from ithaca.tools.vault.tiers import Tier


class Message(models.Model):
    """A word from one to the other. It is never changed; its author may take it back for a short while."""

    TIERS: ClassVar = {"text": Tier.T3}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="messages")
    author = models.UUIDField()
    at = models.DateTimeField()
    text = SealedField(tier=Tier.T3, kind="message.text", null=True)
    """Null once it was taken back, or destroyed by both."""

    class Meta:
        indexes = [models.Index(fields=["mentorship", "at"])]


class Note(models.Model):
    """A note of one of the two. It is shared, or its author's `alone`: then not even the other can open it."""

    TIERS: ClassVar = {"text": Tier.T3, "place": Tier.T3}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="notes")
    author = models.UUIDField()
    alone = models.BooleanField(default=False)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    text = SealedField(tier=Tier.T3, kind="note.text")
    place = SealedField(tier=Tier.T3, kind="note.place", null=True)
    """JSON of an `actions.writing.Spot`: where it stands, and whether it says what the mentor did."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["mentorship", "at"])]


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
    replies = SealedField(tier=Tier.T1S, kind="side.replies", null=True)
    """JSON: the days of `vocabulary.DAYS` on which they usually reply."""
    roles = SealedField(tier=Tier.T3, kind="side.roles", null=True)
    """JSON {role: 0 to 3}: how much of each of the eight roles they wish for; sealed to the two."""
    seen = SealedField(tier=Tier.T3, kind="side.seen", null=True)
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
