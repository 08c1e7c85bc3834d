"""What is sealed in what: slots, grants, items, mailbox letters. Pure: bytes in, bytes out.

    slot     pepper ( secret ( UK ) )
    grant    bucket of a month ( Box from the grantor to the holder ( key ‖ purpose, thing, epoch, holder ) )
    item     key of the thing and kind ( padded text ), bound to thing, epoch, kind, item and author
    file     as an item, but a file's bytes: neither opens as the other
    letter   ephemeral public key ‖ key agreed with the mailbox ( padded text ), bound to mailbox, epoch, kind, item

Every layer is bound to the facts of the row it lies in, so no row can be passed off as another.
An item and a letter begin with the 4 bytes of their epoch; it is part of what they are bound to.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from . import kernel
from .errors import Tampered, WrongSecret
from .kernel import KEY_BYTES, Cost

EPOCH_BYTES = 4


class Purpose(StrEnum):
    """What a granted key opens. Part of the grant's inner layer, so one can never serve as the other."""

    RELATIONSHIP = "relationship"
    MAILBOX = "mailbox"


@dataclass(frozen=True)
class SlotFacts:
    """Whose slot it is, of which kind, and how its secret is stretched (no cost: a code that needs no stretching)."""

    owner: UUID
    kind: str
    salt: bytes
    cost: Cost | None

    def context(self, layer: str) -> bytes:
        """Return the facts as the binding of one layer."""
        return kernel.context(layer, self.owner, self.kind, self.salt, *(self.cost or ()))


@dataclass(frozen=True)
class GrantFacts:
    """Which epoch of which thing is granted, to whom, and by whom."""

    thing: UUID
    epoch: int
    holder: UUID
    grantor: UUID
    granted_by: bytes  # the grantor's public key

    def inner(self, purpose: Purpose) -> bytes:
        """Return what the grantor says beside the key."""
        return kernel.context(purpose, self.thing, self.epoch, self.holder)

    def outer(self, month: str) -> bytes:
        """Return what the server's layer is bound to."""
        return kernel.context("grant", self.thing, self.epoch, self.holder, self.grantor, self.granted_by, month)


@dataclass(frozen=True)
class Place:
    """Where a text belongs: the thing (relationship, mailbox or owner), the epoch of its key, the kind, the item."""

    thing: UUID
    epoch: int
    kind: str
    item: UUID

    def context(self, layer: str, *more: kernel.Part) -> bytes:
        """Return the place as a binding."""
        return kernel.context(layer, self.thing, self.epoch, self.kind, self.item, *more)


@dataclass(frozen=True)
class Address:
    """A mailbox's public key, and which mailbox and epoch it is of."""

    owner: UUID
    epoch: int
    public_key: bytes = field(repr=False)


def attest(pepper: bytes, purpose: Purpose, owner: UUID, epoch: int, public_key: bytes) -> bytes:
    """Return the server's word that this public key is the owner's, so that nobody swaps keys in the database."""
    return kernel.authenticate(kernel.derive(pepper, "attest"), purpose, owner, epoch, public_key)


# --- slots ----------------------------------------------------------------------------------------


def wrap_slot(pepper: bytes, facts: SlotFacts, stretched: bytes, private: bytes) -> bytes:
    """Seal a private key under a secret, and that under the pepper."""
    inner = kernel.seal(_slot_key(facts, stretched), private, facts.context("slot within"))
    return kernel.seal(kernel.derive(pepper, "slot"), inner, facts.context("slot"))


def lift_slot(pepper: bytes, facts: SlotFacts, sealed: bytes) -> bytes:
    """Take off the server's layer, before any costly work: salt and cost are then as they were. Raises Tampered."""
    return kernel.unseal(kernel.derive(pepper, "slot"), sealed, facts.context("slot"))


def unwrap_slot(facts: SlotFacts, stretched: bytes, lifted: bytes) -> bytes:
    """Return the private key; raises WrongSecret."""
    try:
        return kernel.unseal(_slot_key(facts, stretched), lifted, facts.context("slot within"))
    except Tampered:
        raise WrongSecret("does not open this slot") from None


def _slot_key(facts: SlotFacts, stretched: bytes) -> bytes:
    return kernel.derive(stretched, "slot within", facts.owner, facts.kind, salt=facts.salt)


# --- grants ---------------------------------------------------------------------------------------


def make_grant(
    bucket: bytes, month: str, facts: GrantFacts, purpose: Purpose, by: bytes, to: bytes, key: bytes
) -> bytes:
    """Grant a key: `by` is the grantor's private key, `to` the holder's public key, which the caller has checked."""
    return kernel.seal(bucket, kernel.seal_box(by, to, key + facts.inner(purpose)), facts.outer(month))


def open_grant(bucket: bytes, month: str, facts: GrantFacts, purpose: Purpose, private: bytes, sealed: bytes) -> bytes:
    """Return the granted key; raises Tampered."""
    said = kernel.open_box(private, facts.granted_by, kernel.unseal(bucket, sealed, facts.outer(month)))
    if said[KEY_BYTES:] != facts.inner(purpose):
        raise Tampered("the grant is for something else")
    return said[:KEY_BYTES]


def move_grant(old: bytes, new: bytes, facts: GrantFacts, month: str, new_month: str, sealed: bytes) -> bytes:
    """Move the outer layer from one month's bucket to another's; needs no person's key. Raises Tampered."""
    return kernel.seal(new, kernel.unseal(old, sealed, facts.outer(month)), facts.outer(new_month))


# --- items ----------------------------------------------------------------------------------------


def seal_item(key: bytes, place: Place, author: UUID, text: str) -> bytes:
    """Seal a text for those who hold the key of its relationship."""
    return _epoch(place) + kernel.seal_text(kernel.derive(key, "item", place.kind), text, place.context("item", author))


def open_item(key: bytes, place: Place, author: UUID, sealed: bytes) -> str:
    """Return the text; raises Tampered."""
    body = sealed[EPOCH_BYTES:]
    return kernel.unseal_text(kernel.derive(key, "item", place.kind), body, place.context("item", author))


def seal_private(private: bytes, place: Place, text: str) -> bytes:
    """Seal a text under the author's own key alone."""
    return kernel.seal_text(kernel.derive(private, "private", place.kind), text, place.context("private"))


def open_private(private: bytes, place: Place, sealed: bytes) -> str:
    """Return the text; raises Tampered."""
    return kernel.unseal_text(kernel.derive(private, "private", place.kind), sealed, place.context("private"))


# --- files ----------------------------------------------------------------------------------------


def seal_file(key: bytes, place: Place, author: UUID, data: bytes) -> bytes:
    """Seal a file for those who hold the key of its relationship."""
    return _epoch(place) + kernel.seal_file(kernel.derive(key, "file", place.kind), data, place.context("file", author))


def open_file(key: bytes, place: Place, author: UUID, sealed: bytes) -> bytes:
    """Return the file; raises Tampered."""
    body = sealed[EPOCH_BYTES:]
    return kernel.unseal_file(kernel.derive(key, "file", place.kind), body, place.context("file", author))


def seal_private_file(private: bytes, place: Place, data: bytes) -> bytes:
    """Seal a file under the author's own key alone."""
    return kernel.seal_file(kernel.derive(private, "private file", place.kind), data, place.context("private file"))


def open_private_file(private: bytes, place: Place, sealed: bytes) -> bytes:
    """Return the file; raises Tampered."""
    return kernel.unseal_file(kernel.derive(private, "private file", place.kind), sealed, place.context("private file"))


# --- what the server may read -----------------------------------------------------------------------


def seal_for_server(key: bytes, kind: str, item: UUID, text: str) -> bytes:
    """Seal a text under the server's key."""
    return kernel.seal_text(kernel.derive(key, "server", kind), text, kernel.context("server", kind, item))


def open_for_server(key: bytes, kind: str, item: UUID, sealed: bytes) -> str:
    """Return the text; raises Tampered."""
    return kernel.unseal_text(kernel.derive(key, "server", kind), sealed, kernel.context("server", kind, item))


# --- letters to a mailbox -------------------------------------------------------------------------


def seal_letter(pepper: bytes, to: Address, kind: str, item: UUID, text: str) -> bytes:
    """Seal a text to a mailbox. The writer needs no key; the pepper keeps a writer of the database from forging one."""
    once = kernel.new_private_key()
    shown = kernel.public_key(once)
    place = Place(to.owner, to.epoch, kind, item)
    key = _letter_key(pepper, to, shown, kernel.agree(once, to.public_key))
    return _epoch(place) + shown + kernel.seal_text(key, text, place.context("letter"))


def open_letter(pepper: bytes, to: Address, private: bytes, kind: str, item: UUID, sealed: bytes) -> str:
    """Return the text; raises Tampered."""
    place = Place(to.owner, to.epoch, kind, item)
    shown, body = sealed[EPOCH_BYTES:][:KEY_BYTES], sealed[EPOCH_BYTES:][KEY_BYTES:]
    key = _letter_key(pepper, to, shown, kernel.agree(private, shown))
    return kernel.unseal_text(key, body, place.context("letter"))


def epoch_of(sealed: bytes) -> int:
    """Return the epoch an item or letter says it is of; opening it proves that."""
    if len(sealed) < EPOCH_BYTES:
        raise Tampered("cut short")
    return int.from_bytes(sealed[:EPOCH_BYTES], "big")


def _letter_key(pepper: bytes, to: Address, shown: bytes, agreed: bytes) -> bytes:
    return kernel.derive(
        agreed, "letter", to.owner, to.epoch, to.public_key, shown, salt=kernel.derive(pepper, "letter")
    )


def _epoch(place: Place) -> bytes:
    return place.epoch.to_bytes(EPOCH_BYTES, "big")
