"""Two people who are introduced to each other, from the first thought to a yes or a no."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.models.requests import MentoringRequest
from ithaca.records.mentorships.rules.stages import pairing
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedForAuthor, SealedForPair, SealedForServer
from ithaca.tools.vault.tiers import Tier


class Introduction(StagedModel):
    """A mentee and a mentor are brought together, and each says yes or no."""

    TABLE = pairing.INTRODUCTION
    TIERS: ClassVar = {
        "stage": Tier.T1,
        "score_parts": Tier.T1S,
        "others": Tier.T1S,
        "rules_version": Tier.T1,
        "story": Tier.T3,
        "question": Tier.T3,
        "answer": Tier.T3,
        "reason": Tier.T3,
        "chat": Tier.T1S,
    }
    OFFERS: ClassVar = pairing.OFFERS
    AWAITED: ClassVar = pairing.AWAITED
    OVER: ClassVar = pairing.OVER

    request = models.ForeignKey(MentoringRequest, models.PROTECT, related_name="introductions")
    standing = models.ForeignKey(MentorStanding, models.PROTECT, related_name="introductions")
    rank = models.PositiveSmallIntegerField(default=1)
    """Its place in a shortlist: while it is `suggested`, the lower of a request's is offered first."""
    chosen_at = models.DateTimeField(null=True)
    """When the mentee put it on a list of their own, and gave the key: their yes is given before the offer."""
    score = models.IntegerField()
    score_parts = SealedForServer(kind="introduction.score_parts")
    """JSON: the named parts of the score, frozen when the introduction was made."""
    others = SealedForServer(kind="introduction.others", null=True)
    """JSON of `proof.Others`: why not the others, frozen with the score."""
    rules_version = models.CharField(max_length=40)
    offered_at = models.DateTimeField(null=True)
    answer_by = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    story = SealedForPair(kind="introduction.story", relationship="pk", author="request.membership.user_id", null=True)
    """The mentee's story, sealed to both at the mentee's yes."""
    question = SealedForPair(
        kind="introduction.question", relationship="pk", author="standing.membership.user_id", null=True
    )
    """JSON: every question the mentor has asked, in order, sealed to the two in the mentor's name."""
    answer = SealedForPair(
        kind="introduction.answer", relationship="pk", author="request.membership.user_id", null=True
    )
    """JSON: the mentee's answers, in the order of the questions, sealed to the two in the mentee's name."""
    reason = SealedForAuthor(kind="introduction.reason", null=True)
    """JSON {"kind", "words"}: why it was declined, its author's alone."""
    mentor_asked_at = models.DateTimeField(null=True)
    """When the mentee said yes: from then on the mentor sees it."""
    chat_at = models.DateTimeField(null=True)
    """When the first chat is, in a scheme that has one."""
    chat = SealedForServer(kind="introduction.chat", null=True)
    """JSON {"way", "place"}: how the two talk, and the link, number or address."""
    chat_sequence = models.PositiveIntegerField(default=0)
    """The calendar invitation's SEQUENCE: rises with every update (RFC 5545, 3.8.7.4)."""
    mentee_confirmed_at = models.DateTimeField(null=True)
    mentor_confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["stage", "answer_by"])]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(stage__in=[stage.value for stage in pairing.OFFERS]),
                name="one_live_introduction_a_request",
            )
        ]
