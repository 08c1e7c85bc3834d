"""A coordinator's spreadsheet, on its way in."""

from typing import ClassVar

from django.db import models

from ithaca.records.mentorships.rules.stages import importing
from ithaca.records.schemes.models import Scheme
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedForServer
from ithaca.tools.vault.tiers import Tier


class Sheet(StagedModel):
    """A spreadsheet that was uploaded: its rows, sealed until it is dealt with, and what came of them."""

    class Kind(models.TextChoices):
        MEMBERS = "members"
        MENTORS = "mentors"
        WAITING = "waiting"
        PAIRS = "pairs"

    TABLE = importing.SHEET
    TIERS: ClassVar = {"stage": Tier.T1, "kind": Tier.T1, "rows": Tier.T1S, "matched": Tier.T1S, "faults": Tier.T1S}

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="sheets")
    kind = models.CharField(max_length=10, choices=Kind)
    rows = SealedForServer(kind="sheet.rows", null=True)
    """JSON of `sheets.reading.Table`; null once the sheet is dealt with."""
    matched = SealedForServer(kind="sheet.matched", null=True)
    """JSON [column name or ""] for each column of the file."""
    faults = SealedForServer(kind="sheet.faults", null=True)
    """JSON of `sheets.faults.Fault`s, by row."""
    total = models.PositiveIntegerField(default=0)
    broken = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    """How many rows the import has gone through."""
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]


class SheetHeadings(models.Model):
    """What a scheme's own headings mean, as a coordinator has said: JSON {heading: column}."""

    TIERS: ClassVar = {"kind": Tier.T1, "meanings": Tier.T1S}

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Sheet.Kind)
    meanings = SealedForServer(kind="sheet_headings.meanings", item="scheme_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "kind"], name="one_set_of_headings_a_kind")]
