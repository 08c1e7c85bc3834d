"""A scheme is configuration, not code."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from ithaca.records.schemes.vocabulary import NATIONS, PROFESSIONS
from ithaca.tools.vault.tiers import Tier


class Scheme(models.Model):
    """One mentoring scheme: its words, its joining rule, its checks, its rules of independence, its parts."""

    class Joining(models.TextChoices):
        SUBSCRIPTION = "subscription", _("A subscribing membership")
        ROLE = "role", _("The person's role")

    class Proposing(models.TextChoices):
        COORDINATOR = "coordinator", _("A coordinator proposes a mentor")
        MENTEE = "mentee", _("The mentee chooses a mentor")

    TIERS: ClassVar = dict.fromkeys(
        (
            "slug",
            "name",
            "summary",
            "mentee_word",
            "joining",
            "subscriber_body",
            "professions",
            "topics",
            "checks",
            "proposing",
            "matching_policy",
            "contact_email",
            "contact_phone",
        ),
        Tier.T1,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    mentee_word = models.CharField(max_length=30, default="mentee")
    joining = models.CharField(max_length=20, choices=Joining)
    subscriber_body = models.CharField(max_length=120, blank=True)
    professions = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    checks = models.JSONField(default=list)
    proposing = models.CharField(max_length=20, choices=Proposing)
    first_chat = models.BooleanField(default=False)
    maps = models.BooleanField(default=False)
    """Does a room offer GROW and the Skilled Helper?"""
    goals = models.BooleanField(default=False)
    """Does a room hold goals, actions and tests of commitment?"""
    phases = models.BooleanField(default=False)
    """May the two say in which phase of the way they are?"""
    feedback = models.BooleanField(default=True)
    """May a mentor ask after a session how it was?"""
    ratings = models.BooleanField(default=True)
    """Does the scheme ask each of the two now and then how good it is for them?"""
    allowance = models.PositiveSmallIntegerField(null=True)
    beyond_allowance = models.BooleanField(default=True)
    """May the two go on meeting when their funded sessions are used up?"""
    matching_policy = models.JSONField(default=dict)
    contact_email = models.EmailField()
    contact_phone = models.CharField(max_length=30, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]


class AgreementTemplate(models.Model):
    """The pre-filled agreement of a scheme: versioned text. A contract points at the version it was made from."""

    TIERS: ClassVar = {"clauses": Tier.T1}

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="agreement_templates")
    version = models.PositiveSmallIntegerField()
    clauses = models.JSONField()
    """A list of {"key", "heading", "text"}; the two may change every text of their own agreement."""
    since = models.DateField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["scheme", "version"], name="one_template_a_version")]


class Appointment(models.Model):
    """Someone who works for a scheme, and since when. `person` is a user's uuid: schemes know no members."""

    class Duty(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        DEPUTY = "deputy", _("Deputy coordinator")
        SAFEGUARDING = "safeguarding", _("Safeguarding lead")
        MEDIATOR = "mediator", _("Mediator")

    TIERS: ClassVar = {"duty": Tier.T1}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="appointments")
    person = models.UUIDField(db_index=True)
    duty = models.CharField(max_length=20, choices=Duty)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "person", "duty", "since"], name="one_appointment_a_duty")
        ]


class Signpost(DraftStateMixin, RevisionMixin, PreviewableMixin, models.Model):
    """Help that is not mentoring: for one profession or all, in one nation or all, of one scheme or all.

    Somebody keeps each right (`owner`), and looks again by `review_on`: a dead signpost is worse than none.
    """

    class Kind(models.TextChoices):
        TALK_NOW = "talk_now", _("Someone to talk to now")
        OWN_DOCTOR = "own_doctor", _("Your own doctor")
        PRACTITIONER_HEALTH = "practitioner_health", _("Health services for people who work in health")
        SUPERVISION = "supervision", _("Clinical questions")
        BODY = "body", _("Regulators, unions and professional bodies")

    TIERS: ClassVar = dict.fromkeys(
        ("kind", "name", "what", "url", "telephone", "profession", "nation", "owner", "owner_email"), Tier.T1
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind of help"), max_length=30, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    what = models.CharField(_("what it is, in a sentence or two"), max_length=300)
    url = models.URLField(_("web address"), blank=True)
    telephone = models.CharField(_("phone"), max_length=40, blank=True)
    profession = models.CharField(_("profession"), max_length=30, blank=True, choices=PROFESSIONS)
    nation = models.CharField(_("nation"), max_length=20, blank=True, choices=NATIONS)
    scheme = models.ForeignKey(Scheme, models.CASCADE, null=True, blank=True, related_name="signposts")
    owner = models.CharField(_("who is responsible for it"), max_length=120)
    owner_email = models.EmailField(_("their email address"))
    review_on = models.DateField(_("review by"))
    reminded_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "pairing/signpost_preview.html"


class PublishedWait(models.Model):
    """How long people of one profession have waited, as it is said: steady, in weeks, with the day it was first said.

    Both weeks are null while it cannot be said.
    """

    TIERS: ClassVar = {"profession": Tier.T1}

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="waits")
    profession = models.CharField(max_length=30)
    low_weeks = models.PositiveSmallIntegerField(null=True)
    high_weeks = models.PositiveSmallIntegerField(null=True)
    since = models.DateField()
    looked_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "profession"], name="one_wait_a_profession")]


class Absence(models.Model):
    """Someone of a scheme's team is away, from a first day to a last."""

    TIERS: ClassVar[dict[str, Tier]] = {}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="absences")
    person = models.UUIDField(db_index=True)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        db_table = "schemes_away"
        ordering = ["first_day"]
