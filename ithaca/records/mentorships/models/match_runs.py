"""The match of everyone who waits in a scheme."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ithaca.records.mentorships.rules.stages import importing
from ithaca.records.schemes.models import Scheme
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedForServer
from ithaca.tools.vault.tiers import Tier


class MatchRun(StagedModel):
    """One working out of a scheme's best match: how far it is, by which rules, its answer and what was changed in it.

    A scheme has one that counts; the others are superseded, and emptied.
    """

    TABLE = importing.MATCH_RUN
    TIERS: ClassVar = {
        "stage": Tier.T1,
        "rules_version": Tier.T1,
        "phase": Tier.T1,
        "problem": Tier.T1,
        "answer": Tier.T1S,
        "changes": Tier.T1S,
        "outcome": Tier.T1S,
    }
    UNFINISHED: ClassVar = importing.UNFINISHED

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="match_runs")
    made_by = models.UUIDField()
    made_at = models.DateTimeField(default=timezone.now)
    as_of = models.DateTimeField(default=timezone.now)
    """The moment to which waiting is counted."""
    rules_version = models.CharField(max_length=40, blank=True)
    phase = models.CharField(max_length=20, blank=True)
    """What is being done: reading, matching, checking, proposing."""
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(default=timezone.now)
    """When it last showed a sign of life."""
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True)
    """Why it failed: rules (the scheme's cannot be used), error, lost (nobody finished it)."""
    answer = SealedForServer(kind="match_run.answer", null=True)
    """JSON of `matching.run_contents.Answer`: pairs, who waits and why, total, bound, and the facts behind it."""
    changes = SealedForServer(kind="match_run.changes", null=True)
    """JSON list of `matching.run_contents.MatchChange`: what coordinators fixed, ruled out and swapped."""
    outcome = SealedForServer(kind="match_run.outcome", null=True)
    """JSON of `matching.run_contents.Outcome`: the pairs last chosen to be proposed, and what became of each."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["stage", "beat_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme"],
                condition=~Q(stage=importing.MatchRunStage.SUPERSEDED.value),
                name="one_match_run_a_scheme",
            )
        ]
