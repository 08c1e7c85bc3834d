"""What the mentee works towards: goals, the actions on the way, and how much each of them is wanted.

All of it is the mentee's own, so the mentee is the author of every seal here. When something is to be done is sealed
as well: no letter and no job needs it.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from ithaca.records.mentorships.models.mentorships import Mentorship
from ithaca.records.mentorships.rules.stages import room
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedForPair
from ithaca.tools.vault.tiers import Tier


class Goal(StagedModel):
    """What the mentee wants to change. One that is put in other words is revised, and another follows it."""

    TABLE = room.GOAL
    TIERS: ClassVar = {"stage": Tier.T1, "words": Tier.T3, "measure": Tier.T3}
    OPEN: ClassVar = room.OPEN_GOAL

    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="goals")
    follows = models.OneToOneField("self", models.CASCADE, null=True, related_name="followed_by")
    at = models.DateTimeField()
    words = SealedForPair(kind="goal.words", relationship="mentorship_id", author="mentorship.mentee.user_id")
    measure = SealedForPair(
        kind="goal.measure", relationship="mentorship_id", author="mentorship.mentee.user_id", null=True
    )
    """How the mentee will know that it is reached."""
    version = models.PositiveIntegerField(default=1)


class GoalStep(StagedModel):
    """Something the mentee means to do, on the way to a goal or for itself."""

    TABLE = room.GOAL_STEP
    TIERS: ClassVar = {"stage": Tier.T1, "words": Tier.T3, "by_when": Tier.T3, "learned": Tier.T3}
    OPEN: ClassVar = room.OPEN_GOAL_STEP

    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="steps")
    goal = models.ForeignKey(Goal, models.CASCADE, null=True, related_name="steps")
    at = models.DateTimeField()
    words = SealedForPair(kind="action.words", relationship="mentorship_id", author="mentorship.mentee.user_id")
    by_when = SealedForPair(
        kind="action.by_when", relationship="mentorship_id", author="mentorship.mentee.user_id", null=True
    )
    """The day as 2026-12-04."""
    learned = SealedForPair(
        kind="action.learned", relationship="mentorship_id", author="mentorship.mentee.user_id", null=True
    )
    """What the mentee learned from doing it, or from not doing it."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "mentorships_action"


class Commitment(models.Model):
    """One test of how much a goal or an action is wanted, at one moment."""

    TIERS: ClassVar = {"score": Tier.T3, "better": Tier.T3}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="commitments")
    goal = models.ForeignKey(Goal, models.CASCADE, null=True, related_name="commitments")
    goal_step = models.ForeignKey(
        GoalStep, models.CASCADE, null=True, related_name="commitments", db_column="action_id"
    )
    at = models.DateTimeField()
    score = SealedForPair(kind="commitment.score", relationship="mentorship_id", author="mentorship.mentee.user_id")
    """1 to 10."""
    better = SealedForPair(
        kind="commitment.better", relationship="mentorship_id", author="mentorship.mentee.user_id", null=True
    )
    """What would make it a 10."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(goal__isnull=True, goal_step__isnull=False) | Q(goal__isnull=False, goal_step__isnull=True),
                name="a_commitment_is_to_one_thing",
            )
        ]
