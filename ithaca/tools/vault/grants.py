"""Rows of grants: what the server can do with them without anybody's key, and what a key's holder can.

The server's layer, bound to every fact of the row, shows that the grant was made here, by one who held the key then;
the server's word beside it shows whose key that was. Neither needs a list of who may talk to whom.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from . import directory, envelopes, kernel, server_keys
from .envelopes import GrantFacts, Purpose
from .errors import AlreadyMade, NotGranted
from .models import Grant
from .slots import UserKey


@dataclass(frozen=True, repr=False)
class Held:
    """A key that was granted, of which epoch it is, and the month whose bucket the grant lies in."""

    epoch: int
    key: bytes
    month: str


def give(uk: UserKey, purpose: Purpose, thing: UUID, held: Held, holder: UUID, anew: bool = False) -> None:
    """Grant a key to a holder, in place of any earlier grant of it, unless the key is made anew.

    Raises:
        AlreadyMade: the key is made anew, and another of its epoch is there.
        NotEnrolled: the holder has no key pair yet.
        Tampered: the holder's public key was swapped.
    """
    to = directory.public_key_of(holder)
    by = kernel.public_key(uk.private)
    facts = GrantFacts(thing, held.epoch, holder, uk.owner, by)
    bucket = server_keys.bucket_to_fill(held.month)
    which: dict[str, Any] = {"relationship": thing, "epoch": held.epoch, "holder": holder}
    what: dict[str, Any] = {
        "grantor": uk.owner,
        "granted_by": by,
        "attestation": directory.attestation(uk.owner, by),
        "month": held.month,
        "sealed": envelopes.make_grant(bucket, held.month, facts, purpose, uk.private, to, held.key),
    }
    if not anew:
        Grant.objects.update_or_create(**which, defaults=what)
        return
    try:
        with transaction.atomic():
            Grant.objects.create(**which, **what)
    except IntegrityError as error:
        raise AlreadyMade("there is a key of this epoch") from error


def receive(uk: UserKey, purpose: Purpose, thing: UUID, epoch: int | None = None) -> Held:
    """Return the key that this person was granted, the newest if no epoch is named.

    Raises:
        NotGranted: never given, taken back, or its month destroyed.
        Tampered: not what a grantor known to the server gave to this person.
    """
    rows = Grant.objects.filter(relationship=thing, holder=uk.owner).order_by("-epoch")
    row = (rows if epoch is None else rows.filter(epoch=epoch)).first()
    if row is None:
        raise NotGranted("no key to this was given")
    facts = _facts(row)
    directory.check(facts.grantor, facts.granted_by, bytes(row.attestation))
    bucket = server_keys.bucket(row.month)
    key = envelopes.open_grant(bucket, row.month, facts, purpose, uk.private, bytes(row.sealed))
    return Held(row.epoch, key, row.month)


def epochs_of(thing: UUID, holder: UUID | None = None) -> list[int]:
    """Return the epochs that were granted to this holder, or to anyone, the oldest first."""
    rows = Grant.objects.filter(relationship=thing)
    rows = rows if holder is None else rows.filter(holder=holder)
    return sorted(set(rows.values_list("epoch", flat=True)))


def holders_of(thing: UUID) -> set[UUID]:
    """Return who was granted any epoch of a key."""
    return set(Grant.objects.filter(relationship=thing).values_list("holder", flat=True))


def destroy_grants(relationship: UUID) -> None:
    """Take the key from everyone: what it sealed opens for nobody, but in a backup whose month's bucket still lives."""
    Grant.objects.filter(relationship=relationship).delete()


def destroy_grant(relationship: UUID, holder: UUID) -> None:
    """Take the key from one holder: a mentor who declined, a colleague who left."""
    Grant.objects.filter(relationship=relationship, holder=holder).delete()


def rewrap_bucket(relationship: UUID, new_month: str) -> None:
    """Move a relationship's grants to another month's bucket (YYYY-MM); needs nobody's key. Raises Tampered."""
    new = server_keys.bucket_to_fill(new_month)
    with transaction.atomic():
        for row in Grant.objects.select_for_update().filter(relationship=relationship):
            old = server_keys.bucket(row.month)
            row.sealed = envelopes.move_grant(old, new, _facts(row), row.month, new_month, bytes(row.sealed))
            row.month = new_month
            row.save(update_fields=["sealed", "month"])


def _facts(row: Grant) -> GrantFacts:
    return GrantFacts(row.relationship, row.epoch, row.holder, row.grantor, bytes(row.granted_by))
