"""From the first thought of asking to the ending."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.mentorships import stages
from ithaca.records.schemes.models import AgreementTemplate, Scheme
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedField
from ithaca.tools.vault.tiers import Tier


class Enquiry(StagedModel):
    """The two-minute request of someone without an account, sealed to the coordinators."""

    TABLE = stages.ENQUIRY
    TIERS: ClassVar = {"stage": Tier.T1, "letter": Tier.T2}

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="enquiries")
    letter = SealedField(tier=Tier.T2, kind="enquiry.letter")
    """JSON: first name, a safe way to reach me, a good time, one optional line."""
    asked_on = models.DateField()


class MentoringRequest(StagedModel):
    """Someone asks for a mentor. `asked_on` is their place in the queue, and never changes."""

    TABLE = stages.REQUEST
    TIERS: ClassVar = {"stage": Tier.T1, "answers": Tier.T1S, "story": Tier.T3}

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="requests")
    enquiry = models.OneToOneField(Enquiry, models.PROTECT, null=True, related_name="request")
    answers = SealedField(tier=Tier.T1S, kind="request.answers", null=True)
    """JSON: reasons, roles, topics, slots, ways, languages, wants_near, prefers."""
    story = SealedField(tier=Tier.T3, kind="request.story", null=True)
    """In the mentee's own words; theirs alone until they say yes to an introduction."""
    asked_on = models.DateField(null=True)
    escalated_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["stage", "asked_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=~Q(stage__in=["matched", "withdrawn", "ineligible", "signposted"]),
                name="one_open_request_a_member",
            )
        ]


class Introduction(StagedModel):
    """A mentee and a mentor are brought together, and each says yes or no."""

    TABLE = stages.INTRODUCTION
    TIERS: ClassVar = {
        "stage": Tier.T1,
        "score_parts": Tier.T1S,
        "rules_version": Tier.T1,
        "story": Tier.T3,
        "question": Tier.T3,
        "answer": Tier.T3,
        "reason": Tier.T3,
        "chat": Tier.T1S,
    }
    OFFERS: ClassVar = ("offered_to_mentee", "offered_to_mentor", "question_asked", "accepted", "first_chat", "no_show")
    """The stages in which an introduction holds one of the mentor's places."""

    request = models.ForeignKey(MentoringRequest, models.PROTECT, related_name="introductions")
    standing = models.ForeignKey(MentorStanding, models.PROTECT, related_name="introductions")
    score = models.IntegerField()
    score_parts = SealedField(tier=Tier.T1S, kind="introduction.score_parts")
    """JSON: the named parts of the score, frozen when the introduction was made."""
    rules_version = models.CharField(max_length=40)
    offered_at = models.DateTimeField(null=True)
    answer_by = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    story = SealedField(tier=Tier.T3, kind="introduction.story", null=True)
    """The mentee's story, sealed to both at the mentee's yes."""
    question = SealedField(tier=Tier.T3, kind="introduction.question", null=True)
    answer = SealedField(tier=Tier.T3, kind="introduction.answer", null=True)
    reason = SealedField(tier=Tier.T3, kind="introduction.reason", null=True)
    """Why it was declined: its author's alone."""
    mentor_asked_at = models.DateTimeField(null=True)
    """When the mentee said yes: from then on the mentor sees it."""
    chat_at = models.DateTimeField(null=True)
    """When the first chat is, in a scheme that has one."""
    chat = SealedField(tier=Tier.T1S, kind="introduction.chat", null=True)
    """JSON {"way", "place"}: how the two talk, and the link, number or address."""
    mentee_confirmed_at = models.DateTimeField(null=True)
    mentor_confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["stage", "answer_by"])]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(
                    stage__in=[
                        "offered_to_mentee",
                        "offered_to_mentor",
                        "question_asked",
                        "accepted",
                        "first_chat",
                        "no_show",
                    ]
                ),
                name="one_live_introduction_a_request",
            )
        ]


class Mentorship(StagedModel):
    """The relationship. Its uuid is the introduction's, under which its keys were granted."""

    TABLE = stages.MENTORSHIP
    TIERS: ClassVar = {"stage": Tier.T1}

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="mentorships")
    mentee = models.ForeignKey(Membership, models.PROTECT, related_name="as_mentee")
    mentor = models.ForeignKey(Membership, models.PROTECT, related_name="as_mentor")
    introduction = models.OneToOneField(Introduction, models.PROTECT, null=True, related_name="mentorship")
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)


class Contract(StagedModel):
    """The agreement of one mentorship: the scheme's text, and what the two changed in it, sealed to them."""

    TABLE = stages.CONTRACT
    TIERS: ClassVar = {"stage": Tier.T1, "wording": Tier.T3}

    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="contracts")
    number = models.PositiveSmallIntegerField(default=1)
    template = models.ForeignKey(AgreementTemplate, models.PROTECT, related_name="+")
    wording = SealedField(tier=Tier.T3, kind="contract.wording", null=True)
    """JSON {clause key: text} of the clauses the two have changed; null while it is the scheme's text."""
    wording_by = models.UUIDField(null=True)
    """Who last changed the wording: the author in its seal."""
    mentee_agreed_at = models.DateTimeField(null=True)
    mentor_agreed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mentorship", "number"], name="one_contract_a_number")]


class Session(StagedModel):
    """One meeting: facts only. What was said is a reflection, and sealed."""

    TABLE = stages.SESSION
    TIERS: ClassVar = {"stage": Tier.T1, "way": Tier.T1S, "place": Tier.T1S}

    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    way = SealedField(tier=Tier.T1S, kind="session.way", null=True)
    place = SealedField(tier=Tier.T1S, kind="session.place", null=True)
    """Where to meet, the link or the number to call."""
    sequence = models.PositiveIntegerField(default=0)
    """The calendar invitation's SEQUENCE: rises with every update (RFC 5545, 3.8.7.4)."""
    proposed_by = models.UUIDField()
    made_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["mentorship", "number"], name="one_session_a_number")]


class Ending(StagedModel):
    """How a mentorship came to its end. Either may stop it at once; no reason is needed."""

    TABLE = stages.ENDING
    TIERS: ClassVar = {"stage": Tier.T1, "words": Tier.T3}

    mentorship = models.OneToOneField(Mentorship, models.PROTECT, related_name="ending")
    asked_by = models.UUIDField()
    asked_on = models.DateField()
    words = SealedField(tier=Tier.T3, kind="ending.words", null=True)
    """A last word to the other, if any; sealed to the two."""
