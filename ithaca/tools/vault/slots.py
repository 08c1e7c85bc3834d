"""A person's key, and the secrets that open it: a password, a privacy phrase, a printed recovery code.

Any one slot opens the key. A reset of the password for signing in touches none of them: the old password's slot stays
until the person opens the key by it or by a recovery code, and `change_password` then seals it afresh.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NoReturn
from uuid import UUID

from django.conf import settings
from django.db import transaction

from . import directory, envelopes, kernel, recovery, server_keys
from .envelopes import SlotFacts
from .errors import Tampered, WrongSecret
from .kernel import KEY_BYTES, SALT_BYTES, Cost
from .models import Grant, KeyPair, Slot, Unlocking

HELD_FOR = timedelta(minutes=5)


class SlotKind(StrEnum):
    """Which secret a slot is for."""

    PASSWORD = "password"  # noqa: S105 - the name of a kind
    PHRASE = "phrase"
    RECOVERY = "recovery"


@dataclass(frozen=True, repr=False)
class UserKey:
    """A person's open private key. Never stored, never shown."""

    owner: UUID
    private: bytes

    def __reduce__(self) -> NoReturn:
        """Keep out of sessions, caches and queues."""
        raise TypeError("an open key is never stored")


@dataclass(frozen=True, repr=False)
class Stretched:
    """What a password came to, for one slot of one person; serves wherever the password itself would."""

    facts: SlotFacts
    key: bytes


def cost_now() -> Cost:
    """Return what a guess at a new slot costs: `settings.ARGON2`."""
    chosen = settings.ARGON2
    return Cost(chosen["time_cost"], chosen["memory_cost"], chosen["parallelism"])


def enrol(owner: UUID, secret: str | Stretched, at: datetime, kind: SlotKind = SlotKind.PASSWORD) -> UserKey:
    """Make the person's key pair and its first slot; raises AlreadyMade."""
    private = kernel.new_private_key()
    with transaction.atomic():
        directory.publish(owner, kernel.public_key(private), at)
        uk = UserKey(owner, private)
        add_slot(owner, uk, kind, secret)
    return uk


def start_again(owner: UUID, secret: str | Stretched, at: datetime, kind: SlotKind = SlotKind.PASSWORD) -> UserKey:
    """Give the person a new key pair when every secret is lost.

    What was granted to the old key is gone until a partner grants it again; what was private is gone for ever.
    """
    with transaction.atomic():
        erase(owner)
        return enrol(owner, secret, at, kind)


def erase(owner: UUID) -> None:
    """Destroy a person's key, its slots and what was granted to it. What they granted to others still opens."""
    with transaction.atomic():
        KeyPair.objects.filter(owner=owner).delete()
        Slot.objects.filter(owner=owner).delete()
        Unlocking.objects.filter(owner=owner).delete()
        Grant.objects.filter(holder=owner).delete()


def has_slot(owner: UUID, kind: SlotKind) -> bool:
    """Say whether the person has a secret of this kind."""
    return Slot.objects.filter(owner=owner, kind=kind).exists()


def open_with(owner: UUID, kind: SlotKind, secret: str | Stretched) -> UserKey:
    """Open the person's key.

    Raises:
        WrongSecret: it does not open this slot, or there is none of this kind.
        Tampered: the row was altered, or holds another key than the person's.
    """
    return owned(owner, unwrap(owner, kind, secret))


def add_slot(owner: UUID, uk: UserKey, kind: SlotKind, secret: str | Stretched) -> None:
    """Let a secret open the key from now on; it replaces the secret of the same kind."""
    wrap(owner, kind, secret, owned(owner, uk.private).private)


def change_password(owner: UUID, uk: UserKey, new: str | Stretched) -> None:
    """Seal the key under a new password; the old one opens it no more. Nothing else is sealed afresh."""
    add_slot(owner, uk, SlotKind.PASSWORD, new)


def new_recovery_code(owner: UUID, uk: UserKey) -> str:
    """Return a fresh recovery code, to be shown once; it replaces the last."""
    code = recovery.new_code()
    add_slot(owner, uk, SlotKind.RECOVERY, code)
    return code


def owned(owner: UUID, private: bytes) -> UserKey:
    """Return the key as the person's if it is theirs by the server's word; raises NotEnrolled, Tampered."""
    if not kernel.same(directory.public_key_of(owner), kernel.public_key(private)):
        raise Tampered("this is another person's key, or an older one")
    return UserKey(owner, private)


# --- between the password and the end of signing in -----------------------------------------------


def hold(owner: UUID, password: str, at: datetime) -> str:
    """Return what the password comes to, sealed under the pepper, as text for the session until sign-in is complete.

    For a person with no password slot yet it serves to enrol. It says nothing about whether the password is right.
    Raises Tampered when the slot was altered; signing in itself need not stop for that.
    """
    stretched = _stretch(owner, SlotKind.PASSWORD, password)
    when = _stamp(at)
    cost = stretched.facts.cost or cost_now()
    held = stretched.facts.salt + b"".join(part.to_bytes(4, "big") for part in cost) + stretched.key
    return base64.urlsafe_b64encode(when + kernel.seal(_held_key(), held, kernel.context(owner, when))).decode()


def take(owner: UUID, held: str, at: datetime) -> Stretched | None:
    """Return what was held, or None when it is over five minutes old or not this person's."""
    try:
        data = base64.urlsafe_b64decode(held)
        when, sealed = data[:8], data[8:]
        plain = kernel.unseal(_held_key(), sealed, kernel.context(owner, when))
    except (Tampered, binascii.Error, ValueError):
        return None
    age = int.from_bytes(_stamp(at), "big") - int.from_bytes(when, "big")
    if not 0 <= age <= HELD_FOR.total_seconds():
        return None
    salt, numbers, key = plain[:SALT_BYTES], plain[SALT_BYTES:-KEY_BYTES], plain[-KEY_BYTES:]
    cost = Cost(*(int.from_bytes(numbers[start : start + 4], "big") for start in (0, 4, 8)))
    return Stretched(SlotFacts(owner, SlotKind.PASSWORD, salt, cost), key)


def _held_key() -> bytes:
    return kernel.derive(server_keys.current().pepper, "held")


def _stamp(at: datetime) -> bytes:
    return int(at.astimezone(UTC).timestamp()).to_bytes(8, "big")


# --- rows -----------------------------------------------------------------------------------------


def wrap(owner: UUID, kind: str, secret: str | Stretched, private: bytes) -> None:
    """Write a slot for a private key, a person's or a mailbox's."""
    stretched = _fresh(owner, kind, secret)
    facts = stretched.facts
    sealed = envelopes.wrap_slot(server_keys.current().pepper, facts, stretched.key, private)
    Slot.objects.update_or_create(
        owner=owner, kind=kind, defaults={"salt": facts.salt, "params": list(facts.cost or ()), "sealed": sealed}
    )


def unwrap(owner: UUID, kind: str, secret: str | Stretched) -> bytes:
    """Return the private key in a slot; raises WrongSecret, Tampered."""
    row = Slot.objects.filter(owner=owner, kind=kind).first()
    if row is None:
        raise WrongSecret("no slot of this kind")
    facts = _facts(row)
    lifted = envelopes.lift_slot(server_keys.current().pepper, facts, bytes(row.sealed))
    stretched = _stretched(facts, secret) if isinstance(secret, str) else secret
    return envelopes.unwrap_slot(facts, stretched.key, lifted)


def _stretch(owner: UUID, kind: str, secret: str) -> Stretched:
    """Stretch for the slot that is there, once the server's layer vouches for its cost; otherwise for a new one."""
    row = Slot.objects.filter(owner=owner, kind=kind).first()
    if row is None:
        return _fresh(owner, kind, secret)
    facts = _facts(row)
    envelopes.lift_slot(server_keys.current().pepper, facts, bytes(row.sealed))
    return _stretched(facts, secret)


def _fresh(owner: UUID, kind: str, secret: str | Stretched) -> Stretched:
    if isinstance(secret, Stretched):
        if (secret.facts.owner, secret.facts.kind) != (owner, kind):
            raise WrongSecret("made for another slot")
        return secret
    cost = cost_now() if kind in (SlotKind.PASSWORD, SlotKind.PHRASE) else None
    return _stretched(SlotFacts(owner, kind, kernel.random_salt(), cost), secret)


def _stretched(facts: SlotFacts, secret: str) -> Stretched:
    """Stretch a password. A code isn't stretched, as it has 160 random bits."""
    key = recovery.read(secret) if facts.cost is None else kernel.stretch(secret, facts.salt, facts.cost)
    return Stretched(facts, key)


def _facts(row: Slot) -> SlotFacts:
    try:
        return SlotFacts(row.owner, row.kind, bytes(row.salt), Cost(*row.params) if row.params else None)
    except TypeError as error:
        raise Tampered("no such cost") from error
