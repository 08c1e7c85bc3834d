"""Whose public key is whose, by the server's word. A key swapped in the database is noticed here, before it is used."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from . import envelopes, kernel, server_keys
from .envelopes import Address, Purpose
from .errors import AlreadyMade, NotEnrolled, Tampered
from .models import KeyPair, Mailbox
from .recovery import spoken


def attestation(owner: UUID, public_key: bytes) -> bytes:
    """Return the server's word that this is the person's public key."""
    return envelopes.attest(server_keys.current().pepper, Purpose.RELATIONSHIP, owner, 0, public_key)


def check(owner: UUID, public_key: bytes, word: bytes) -> bytes:
    """Return the public key if the server's word for it is good; raises Tampered."""
    if not kernel.same(attestation(owner, public_key), word):
        raise Tampered("this public key is not the person's")
    return public_key


def enrolled(owner: UUID) -> bool:
    """Say whether the person has a key pair, so that something can be shared with them."""
    return KeyPair.objects.filter(pk=owner).exists()


def enrolled_among(people: Iterable[UUID]) -> set[UUID]:
    """Return those of these people who have a key pair, in one query."""
    return set(KeyPair.objects.filter(pk__in=set(people)).values_list("pk", flat=True))


def public_key_of(owner: UUID) -> bytes:
    """Return the person's attested public key; raises NotEnrolled, Tampered."""
    row = KeyPair.objects.filter(pk=owner).first()
    if row is None:
        raise NotEnrolled("no key pair yet")
    return check(owner, bytes(row.public_key), bytes(row.attestation))


def words_of(owner: UUID) -> str:
    """Return the words by which a partner checks the person's key over the telephone; raises NotEnrolled, Tampered."""
    return spoken(owner, public_key_of(owner))


def publish(owner: UUID, public_key: bytes, at: datetime) -> None:
    """Enter a person's public key; raises AlreadyMade."""
    try:
        with transaction.atomic():
            KeyPair.objects.create(
                owner=owner, public_key=public_key, attestation=attestation(owner, public_key), created_at=at
            )
    except IntegrityError as error:
        raise AlreadyMade("this person has a key pair") from error


def addresses_of(mailbox: UUID) -> list[Address]:
    """Return the mailbox's attested addresses, the newest first; raises Tampered."""
    return [_checked(row) for row in Mailbox.objects.filter(owner=mailbox).order_by("-epoch")]


def address_of(mailbox: UUID, epoch: int | None = None) -> Address:
    """Return one attested address, the newest if no epoch is named; raises NotEnrolled, Tampered."""
    rows = Mailbox.objects.filter(owner=mailbox).order_by("-epoch")
    row = (rows if epoch is None else rows.filter(epoch=epoch)).first()
    if row is None:
        raise NotEnrolled("no such mailbox")
    return _checked(row)


def publish_mailbox(mailbox: UUID, epoch: int, public_key: bytes) -> Address:
    """Enter a mailbox's public key; raises AlreadyMade."""
    word = envelopes.attest(server_keys.current().pepper, Purpose.MAILBOX, mailbox, epoch, public_key)
    try:
        with transaction.atomic():
            Mailbox.objects.create(owner=mailbox, epoch=epoch, public_key=public_key, attestation=word)
    except IntegrityError as error:
        raise AlreadyMade("this mailbox has this epoch") from error
    return Address(mailbox, epoch, public_key)


def _checked(row: Mailbox) -> Address:
    public_key = bytes(row.public_key)
    word = envelopes.attest(server_keys.current().pepper, Purpose.MAILBOX, row.owner, row.epoch, public_key)
    if not kernel.same(word, bytes(row.attestation)):
        raise Tampered("this public key is not the mailbox's")
    return Address(row.owner, row.epoch, public_key)
