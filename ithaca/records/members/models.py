"""People, their memberships, their organisations and their standing as mentors."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from ithaca.records.members import stages
from ithaca.records.schemes.models import Scheme
from ithaca.records.staged import StagedModel
from ithaca.tools.vault.fields import SealedForAuthor, SealedForServer
from ithaca.tools.vault.tiers import Tier


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an address is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who can sign in. The key is a uuid, the email address unique in lower case; there is no username."""

    TIERS: ClassVar = {
        "email": Tier.T1,
        "name": Tier.T1,
        "language": Tier.T1,
        "password": Tier.T1,
        "telephone": Tier.T1S,
        "came_for": Tier.T1S,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    telephone = SealedForServer(kind="user.telephone", null=True)
    came_for = SealedForServer(kind="user.came_for", null=True)
    """The path they were on their way to when they signed up; used at their first sign-in, then forgotten."""
    language = models.CharField(max_length=10, default="en-gb")
    discreet_letters = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    new_key_asked_at = models.DateTimeField(null=True)
    """When they asked to begin again with a new key; a day lies between that and the old key's end."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0] if self.name else ""


class Organisation(models.Model):
    """A practice or other body, as the Organisation Data Service lists it."""

    TIERS: ClassVar = dict.fromkeys(("code", "name", "address", "postcode", "setting"), Tier.T1)

    code = models.CharField(max_length=10, primary_key=True)
    name = models.CharField(max_length=120, db_index=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True, db_index=True)
    setting = models.CharField(max_length=4, blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["name", "code"]


class Area(models.Model):
    """A region, an integrated care board, a sub-ICB location or a primary care network."""

    class Kind(models.TextChoices):
        REGION = "region"
        ICB = "icb"
        SUB_ICB = "sub_icb"
        PCN = "pcn"

    TIERS: ClassVar = {"code": Tier.T1, "kind": Tier.T1, "name": Tier.T1}

    code = models.CharField(max_length=10, primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120, blank=True)


class Placement(models.Model):
    """An organisation lay in an area from a date until another: relations are dated, because areas merge."""

    TIERS: ClassVar[dict[str, Tier]] = {}

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="placements")
    area = models.ForeignKey(Area, models.PROTECT, related_name="placements")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "area", "since"], name="one_placement_a_date")]


class Membership(StagedModel):
    """One person's place in one scheme."""

    TABLE = stages.MEMBERSHIP
    TIERS: ClassVar = {
        "stage": Tier.T1,
        "profession": Tier.T1,
        "unlisted_practice": Tier.T1,
        "subscriber_number": Tier.T1,
        "subscriber_name": Tier.T1,
        "registration_number": Tier.T1,
        "to_correct": Tier.T1,
        "notice": Tier.T1,
    }

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    profession = models.CharField(max_length=30)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="memberships")
    unlisted_practice = models.CharField(max_length=120, blank=True)
    """What the person calls their practice when the list does not have it; then there is no organisation."""
    took_up_post_on = models.DateField(null=True)
    subscriber_number = models.CharField(max_length=40, blank=True)
    subscriber_name = models.CharField(max_length=120, blank=True)
    valid_until = models.DateField(null=True)
    registration_number = models.CharField(max_length=20, blank=True)
    registration_checked_on = models.DateField(null=True)
    registration_checked_by = models.UUIDField(null=True)
    to_correct = models.JSONField(default=list)
    """Codes of `choices.CORRECTIONS`: what the coordinator asks the person to look at again."""
    notice = models.CharField(max_length=30, blank=True)
    """A code of `choices.NOTICES`: why the membership is on hold, while it is."""
    applied_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "user"], name="one_membership_a_scheme")]
        indexes = [models.Index(fields=["scheme", "stage", "stage_since"])]


class MentorApplication(StagedModel):
    """An offer to mentor, on its way through the scheme's checks. `offer` holds the structured answers (T1s)."""

    TABLE = stages.APPLICATION
    TIERS: ClassVar = {"stage": Tier.T1, "offer": Tier.T1S, "checks": Tier.T1, "to_improve": Tier.T1}

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="application")
    offer = SealedForServer(kind="application.offer", null=True)
    checks = models.JSONField(default=dict)
    """{check: {"on": ISO date, "by": uuid}} for each check of the scheme that has passed."""
    capacity = models.PositiveSmallIntegerField(default=2)
    to_improve = models.JSONField(default=list)
    """Codes of `choices.IMPROVEMENTS`: what the coordinator would like to hear more of."""
    submitted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)


class MentorStanding(StagedModel):
    """An approved mentor: what they offer and how many places they have."""

    TABLE = stages.STANDING
    TIERS: ClassVar = {"stage": Tier.T1, "offer": Tier.T1S, "notice": Tier.T1}

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="standing")
    offer = SealedForServer(kind="standing.offer")
    capacity = models.PositiveSmallIntegerField(default=2)
    listed = models.BooleanField(default=False)
    """Whether members may look for this mentor by name."""
    approved_on = models.DateField()
    notice = models.CharField(max_length=30, blank=True)
    """A code of `choices.NOTICES`: why nobody new is introduced, while it is so by the coordinator's word."""


class Exclusion(models.Model):
    """Two people who must not be paired, as a fingerprint keyed by the pepper: compared, never listed."""

    TIERS: ClassVar = {"fingerprint": Tier.T1}

    fingerprint = models.BinaryField(primary_key=True, max_length=32)


class PrivateList(models.Model):
    """A person's own list of people to keep away from, readable by them alone; their exclusions follow from it."""

    TIERS: ClassVar = {"entries": Tier.T3}

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="private_list")
    entries = SealedForAuthor(kind="private_list.entries", author="user_id")


class PersonalInvitation(models.Model):
    """A personal link to join a scheme: as a mentor, or as the person who asked without an account.

    The link's token is kept as a fingerprint only; `enquiry` is the asking it answers, if any.
    """

    class Purpose(models.TextChoices):
        MENTOR = "mentor"
        MENTEE = "mentee"

    TIERS: ClassVar = {"purpose": Tier.T1, "token": Tier.T1}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="invitations")
    purpose = models.CharField(max_length=10, choices=Purpose)
    token = models.BinaryField(max_length=32, unique=True)
    enquiry = models.UUIDField(null=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_by = models.UUIDField(null=True)
    used_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)


class Arrival(models.Model):
    """Someone came from a coordinator's spreadsheet: who put them there, and when they were first written to.

    The letter's link is kept as a fingerprint only. It sets a password once, for an account that has none.
    """

    TIERS: ClassVar = {"token": Tier.T1}

    membership = models.OneToOneField(Membership, models.CASCADE, primary_key=True, related_name="arrival")
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    token = models.BinaryField(max_length=32, null=True, unique=True)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
