"""Notes, shared or for their author alone."""

import uuid
from typing import ClassVar

from django.db import models

from ithaca.records.mentorships.models.mentorships import Mentorship
from ithaca.tools.vault.fields import SealedForPair
from ithaca.tools.vault.tiers import Tier


class Note(models.Model):
    """A note by a mentor or mentee. It is shared, or its author's `alone`: then not even the other can open it."""

    TIERS: ClassVar = {"text": Tier.T3, "place": Tier.T3}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="notes")
    author = models.UUIDField()
    alone = models.BooleanField(default=False)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    text = SealedForPair(kind="note.text", relationship="mentorship_id", author="author", alone="alone")
    place = SealedForPair(kind="note.place", relationship="mentorship_id", author="author", alone="alone", null=True)
    """JSON of a `writing.queries.notes.NotePlace`: where it stands, and whether it says what the mentor did."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["mentorship", "at"])]
