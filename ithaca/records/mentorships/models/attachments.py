"""Files that a mentor and mentee send each other or keep."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ithaca.records.mentorships.models.mentorships import Mentorship
from ithaca.records.mentorships.models.messages import Message
from ithaca.records.mentorships.models.notes import Note
from ithaca.tools.vault.fields import SealedFileForPair, SealedForPair
from ithaca.tools.vault.tiers import Tier


class Attachment(models.Model):
    """A file of a message or of a note. It goes where that goes, and is destroyed with it; it never changes."""

    TIERS: ClassVar = {"about": Tier.T3, "data": Tier.T3}

    id = models.UUIDField(primary_key=True)
    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="attachments")
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="attachments")
    note = models.ForeignKey(Note, models.CASCADE, null=True, related_name="attachments")
    author = models.UUIDField()
    alone = models.BooleanField(default=False)
    """Sealed for its author alone, as the note it belongs to."""
    number = models.PositiveSmallIntegerField()
    """Its place among the files of one message or note."""
    about = SealedForPair(kind="attachment.about", relationship="mentorship_id", author="author", alone="alone")
    """JSON: its name, kind, size in bytes, digest, and what it belongs to."""
    data = SealedFileForPair(kind="attachment.data", relationship="mentorship_id", author="author", alone="alone")
    """What it holds. Left out of every query but the one that hands it over."""

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, note=None) | Q(message=None, note__isnull=False),
                name="attachment_of_one_thing",
            )
        ]
