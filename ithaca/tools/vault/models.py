"""Keys under lock, and who was given them. Everything is named by uuid; nothing here says what is sealed."""

from typing import ClassVar

from django.db import models

from .tiers import Tier


class KeyPair(models.Model):
    """A person's current public key, with the server's word that it is theirs."""

    TIERS: ClassVar[dict[str, Tier]] = {"public_key": Tier.T1, "attestation": Tier.T1}

    owner = models.UUIDField(primary_key=True)
    public_key = models.BinaryField()
    attestation = models.BinaryField()
    created_at = models.DateTimeField()


class Slot(models.Model):
    """A private key (a person's or a mailbox's) sealed under one secret. Any one slot opens it."""

    TIERS: ClassVar[dict[str, Tier]] = {"kind": Tier.T1, "salt": Tier.T1, "params": Tier.T1, "sealed": Tier.T3}

    owner = models.UUIDField()
    kind = models.CharField(max_length=24)
    salt = models.BinaryField()
    params = models.JSONField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "kind"], name="one_slot_of_a_kind")]


class Grant(models.Model):
    """A key of a relationship or mailbox, boxed by one person to another, in the bucket of the month it falls due."""

    TIERS: ClassVar[dict[str, Tier]] = {
        "granted_by": Tier.T1,
        "attestation": Tier.T1,
        "month": Tier.T1,
        "sealed": Tier.T3,
    }

    relationship = models.UUIDField()
    epoch = models.PositiveIntegerField()
    holder = models.UUIDField(db_index=True)
    grantor = models.UUIDField()
    granted_by = models.BinaryField()
    attestation = models.BinaryField()
    month = models.CharField(max_length=8)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["relationship", "epoch", "holder"], name="one_grant_to_a_holder")
        ]


class Mailbox(models.Model):
    """The public key to which anyone may seal a letter for a scheme's staff; a leaver starts a new epoch."""

    TIERS: ClassVar[dict[str, Tier]] = {"public_key": Tier.T1, "attestation": Tier.T1}

    owner = models.UUIDField()
    epoch = models.PositiveIntegerField()
    public_key = models.BinaryField()
    attestation = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "epoch"], name="one_mailbox_an_epoch")]


class Unlocking(models.Model):
    """One browser session's open key, sealed under that browser's cookie and the pepper. Its times are sealed in."""

    TIERS: ClassVar[dict[str, Tier]] = {"id": Tier.T1, "sealed": Tier.T3}

    id = models.CharField(primary_key=True, max_length=64)
    owner = models.UUIDField(db_index=True)
    sealed = models.BinaryField()
    opened_at = models.DateTimeField(db_index=True)
    last_used_at = models.DateTimeField()
    proved_at = models.DateTimeField()
    open_until = models.DateTimeField(null=True)
