"""Keys: what a writer of the database may try: swap, replay, substitute, downgrade, cut short. None is accepted.

Each row is one attack on an honest state. The same reader opens the same thing before it, so that each can fail.
"""

import pickle
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from ithaca.tools.vault import directory, envelopes, kernel, server_keys, slots, unlocking
from ithaca.tools.vault.envelopes import GrantFacts, Purpose
from ithaca.tools.vault.errors import NotGranted, Tampered, WrongSecret
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.models import Grant, KeyPair, Slot, Unlocking
from ithaca.tools.vault.slots import SlotKind

from .conftest import MONTH, NOW, Cast, another_pair, person

DESK, NEXT_DESK = uuid4(), uuid4()

# --- grants -----------------------------------------------------------------------------------------


def grant(cast: Cast, holder: Keyring) -> Grant:
    return Grant.objects.get(relationship=cast.pair, holder=holder.owner)


def set_ben(cast: Cast, **fields: object) -> None:
    Grant.objects.filter(relationship=cast.pair, holder=cast.ben.owner).update(**fields)


def copy_to_ben(cast: Cast, other: Grant) -> None:
    set_ben(
        cast,
        sealed=other.sealed,
        month=other.month,
        grantor=other.grantor,
        granted_by=other.granted_by,
        attestation=other.attestation,
    )


def from_another_relationship(cast: Cast) -> None:
    copy_to_ben(cast, Grant.objects.get(relationship=another_pair(cast), holder=cast.ben.owner))


def planted_key(cast: Cast) -> None:
    """A key of the attacker's, boxed to Ben in the name of Cleo, whose key is known to the server; no bucket key."""
    facts = GrantFacts(cast.pair, 0, cast.ben.owner, cast.cleo.owner, kernel.public_key(cast.cleo.uk.private))
    to = directory.public_key_of(cast.ben.owner)
    sealed = envelopes.make_grant(bytes(32), MONTH, facts, Purpose.RELATIONSHIP, cast.cleo.uk.private, to, bytes(32))
    word = KeyPair.objects.get(pk=cast.cleo.owner).attestation
    set_ben(cast, sealed=sealed, grantor=facts.grantor, granted_by=facts.granted_by, attestation=word)


def planted_epoch(cast: Cast) -> None:
    """The same in a row of its own, of a later epoch, which would be used for what is written next."""
    facts = GrantFacts(cast.pair, 9, cast.ben.owner, cast.cleo.owner, kernel.public_key(cast.cleo.uk.private))
    to = directory.public_key_of(cast.ben.owner)
    sealed = envelopes.make_grant(bytes(32), MONTH, facts, Purpose.RELATIONSHIP, cast.cleo.uk.private, to, bytes(32))
    Grant.objects.create(
        relationship=cast.pair,
        epoch=9,
        holder=cast.ben.owner,
        grantor=facts.grantor,
        granted_by=facts.granted_by,
        attestation=bytes(KeyPair.objects.get(pk=cast.cleo.owner).attestation),
        month=MONTH,
        sealed=sealed,
    )


def unknown_grantor(cast: Cast) -> None:
    """Even one who has the bucket's key cannot grant in the name of a key that the server never vouched for."""
    private = kernel.new_private_key()
    facts = GrantFacts(cast.pair, 0, cast.ben.owner, cast.ada.owner, kernel.public_key(private))
    to = directory.public_key_of(cast.ben.owner)
    sealed = envelopes.make_grant(server_keys.bucket(MONTH), MONTH, facts, Purpose.RELATIONSHIP, private, to, bytes(32))
    set_ben(cast, sealed=sealed, granted_by=facts.granted_by)


def mailbox_key_as_relationship_key(cast: Cast) -> None:
    cast.ada.make_mailbox(DESK, [cast.ben.owner])
    Grant.objects.filter(relationship=cast.pair).delete()
    moved = Grant.objects.filter(relationship=DESK)
    for row in moved:
        facts = GrantFacts(DESK, 0, row.holder, row.grantor, bytes(row.granted_by))
        bucket = server_keys.bucket(row.month)
        inner = kernel.unseal(bucket, bytes(row.sealed), facts.outer(row.month))
        there = GrantFacts(cast.pair, 0, row.holder, row.grantor, bytes(row.granted_by))
        row.sealed = kernel.seal(bucket, inner, there.outer(row.month))
        row.relationship = cast.pair
        row.save()


GRANT_ATTACKS: dict[str, Callable[[Cast], object]] = {
    "one from another relationship": from_another_relationship,
    "the partner's": lambda c: copy_to_ben(c, grant(c, c.ada)),
    "a key planted by one without the bucket's key": planted_key,
    "an epoch planted by one without the bucket's key": planted_epoch,
    "by a key that the server never vouched for": unknown_grantor,
    "a mailbox's key, with the server's layer made to fit": mailbox_key_as_relationship_key,
    "in another's name": lambda c: set_ben(c, grantor=c.cleo.owner),
    "in another's name, with the server's word for it": lambda c: set_ben(
        c,
        grantor=c.cleo.owner,
        granted_by=KeyPair.objects.get(pk=c.cleo.owner).public_key,
        attestation=KeyPair.objects.get(pk=c.cleo.owner).attestation,
    ),
    "by another key": lambda c: set_ben(c, granted_by=kernel.public_key(kernel.new_private_key())),
    "without the server's word": lambda c: set_ben(c, attestation=b""),
    "of a later epoch": lambda c: set_ben(c, epoch=1),
    "in a bucket that is never destroyed": lambda c: (
        server_keys.bucket_to_fill("standing"),
        set_ben(c, month="standing"),
    ),
    "cut short": lambda c: set_ben(c, sealed=bytes(grant(c, c.ben).sealed)[:-1]),
    "an older version number": lambda c: set_ben(c, sealed=b"\x00" + bytes(grant(c, c.ben).sealed)[1:]),
    "emptied": lambda c: set_ben(c, sealed=b""),
}


@pytest.mark.parametrize("attack", GRANT_ATTACKS.values(), ids=GRANT_ATTACKS)
def test_a_grant_is_good_only_as_it_was_given(cast: Cast, attack: Callable[[Cast], object]) -> None:
    assert Keyring(cast.ben.uk).key_for(cast.pair) == Keyring(cast.ada.uk).key_for(cast.pair)
    attack(cast)
    with pytest.raises(Tampered):
        Keyring(cast.ben.uk).key_for(cast.pair)


def test_a_grant_moved_to_an_outsider_opens_for_nobody(cast: Cast) -> None:
    Grant.objects.filter(holder=cast.ben.owner).update(holder=cast.cleo.owner)
    for keyring in (cast.cleo, cast.ben):
        with pytest.raises((Tampered, NotGranted)):
            Keyring(keyring.uk).key_for(cast.pair)


@pytest.mark.parametrize("with_word", [False, True], ids=["bare", "with the server's word for another"])
def test_nothing_is_granted_to_a_swapped_public_key(cast: Cast, with_word: bool) -> None:
    cast.ada.grant_to(cast.pair, cast.ben.owner)
    theirs = KeyPair.objects.get(pk=cast.cleo.owner)
    swap = {"public_key": theirs.public_key} | ({"attestation": theirs.attestation} if with_word else {})
    KeyPair.objects.filter(pk=cast.ben.owner).update(**swap)
    with pytest.raises(Tampered):
        cast.ada.grant_to(cast.pair, cast.ben.owner)
    with pytest.raises(Tampered):
        cast.ada.open_relationship(uuid4(), MONTH, [cast.ben.owner])


# --- slots ------------------------------------------------------------------------------------------


def set_slot(cast: Cast, **fields: object) -> None:
    Slot.objects.filter(owner=cast.ben.owner, kind="password").update(**fields)


def copied_slot(cast: Cast, owner: UUID, kind: str) -> None:
    set_slot(cast, **Slot.objects.filter(owner=owner, kind=kind).values("salt", "params", "sealed").get())


def old_key_again(cast: Cast) -> None:
    """Ben lost every secret and began again; the attacker puts the old slot back, to have him seal with the old key."""
    old = Slot.objects.filter(owner=cast.ben.owner, kind="password").values("salt", "params", "sealed").get()
    slots.start_again(cast.ben.owner, "ben's new", NOW)
    set_slot(cast, **old)


SLOT_ATTACKS: dict[str, Callable[[Cast], object]] = {
    "another person's": lambda c: copied_slot(c, person("ben's").owner, "password"),
    "a phrase as a password": lambda c: (
        slots.add_slot(c.ben.owner, c.ben.uk, SlotKind.PHRASE, "ben's"),
        copied_slot(c, c.ben.owner, "phrase"),
    ),
    "a recovery code's as a password's": lambda c: (
        slots.new_recovery_code(c.ben.owner, c.ben.uk),
        copied_slot(c, c.ben.owner, "recovery"),
    ),
    "of an earlier key": old_key_again,
    "cheaper to guess": lambda c: set_slot(c, params=[1, 8, 2]),
    "dearer than the server can bear": lambda c: set_slot(c, params=[10**6, 10**9, 1]),
    "with no cost at all": lambda c: set_slot(c, params=[]),
    "with a cost of another shape": lambda c: set_slot(c, params=[1]),
    "with another salt": lambda c: set_slot(c, salt=bytes(16)),
    "cut short": lambda c: set_slot(c, sealed=b"\x01" + bytes(40)),
    "an older version number": lambda c: set_slot(
        c, sealed=b"\x00" + bytes(Slot.objects.get(owner=c.ben.owner).sealed)[1:]
    ),
}


@pytest.mark.parametrize("attack", SLOT_ATTACKS.values(), ids=SLOT_ATTACKS)
def test_a_slot_is_good_only_as_it_was_made(cast: Cast, attack: Callable[[Cast], object]) -> None:
    assert slots.open_with(cast.ben.owner, SlotKind.PASSWORD, "ben's").private == cast.ben.uk.private
    attack(cast)
    with pytest.raises(Tampered):
        slots.open_with(cast.ben.owner, SlotKind.PASSWORD, "ben's")


def test_nobody_wraps_another_persons_key(cast: Cast) -> None:
    with pytest.raises(Tampered):
        slots.add_slot(cast.ben.owner, cast.cleo.uk, SlotKind.PASSWORD, "cleo's")
    assert slots.open_with(cast.ben.owner, SlotKind.PASSWORD, "ben's").private == cast.ben.uk.private


def test_a_mailbox_code_opens_only_the_mailbox_it_was_printed_for(cast: Cast) -> None:
    for desk in (DESK, NEXT_DESK):
        cast.cleo.make_mailbox(desk, [])
    code, other = cast.cleo.new_mailbox_code(DESK), cast.cleo.new_mailbox_code(NEXT_DESK)
    with pytest.raises(WrongSecret):
        cast.ben.recover_mailbox(DESK, other)
    slot = Slot.objects.filter(owner=NEXT_DESK).values("salt", "params", "sealed").get()
    cast.ben.recover_mailbox(DESK, code)
    Slot.objects.filter(owner=DESK).update(**slot)
    with pytest.raises(Tampered):
        cast.ben.recover_mailbox(DESK, other)


# --- unlocked sessions ------------------------------------------------------------------------------


def set_row(**fields: object) -> None:
    Unlocking.objects.update(**fields)


def anothers_seal(cast: Cast) -> None:
    mine = Unlocking.objects.get()
    theirs = unlocking.begin(cast.cleo.owner, cast.cleo.uk, NOW)
    row = Unlocking.objects.exclude(pk=mine.pk).get()
    Unlocking.objects.filter(pk=mine.pk).update(owner=row.owner, sealed=row.sealed)
    assert theirs


UNLOCKING_ATTACKS: dict[str, Callable[[Cast], object]] = {
    "opened later": lambda c: set_row(opened_at=NOW + timedelta(hours=1)),
    "used later": lambda c: set_row(last_used_at=NOW + timedelta(hours=1)),
    "proved later": lambda c: set_row(proved_at=NOW + timedelta(hours=1)),
    "kept open": lambda c: set_row(open_until=NOW + timedelta(hours=1)),
    "another person's name": lambda c: set_row(owner=c.cleo.owner),
    "another session's seal": anothers_seal,
    "cut short": lambda c: set_row(sealed=b"\x01"),
}


@pytest.mark.parametrize("attack", UNLOCKING_ATTACKS.values(), ids=UNLOCKING_ATTACKS)
def test_an_altered_session_is_locked(cast: Cast, attack: Callable[[Cast], object]) -> None:
    token, cookie = unlocking.begin(cast.ada.owner, cast.ada.uk, NOW)
    assert unlocking.resume(token, cookie, NOW) is not None
    attack(cast)
    assert unlocking.resume(token, cookie, NOW) is None


def test_an_open_key_is_stored_nowhere(cast: Cast) -> None:
    for thing in (cast.ada.uk, cast.ada):
        with pytest.raises(TypeError, match="never stored"):
            pickle.dumps(thing)


def test_nothing_that_holds_a_key_prints_it(cast: Cast) -> None:
    cast.ada.make_mailbox(DESK, [])
    _, private = cast.ada.open_mailbox(DESK)
    held = cast.ada.key_for(cast.pair)
    for thing in (cast.ada, cast.ada.uk, server_keys.current(), held):
        shown = f"{thing!r}{thing}"
        for key in (cast.ada.uk.private, private, server_keys.current().pepper, held.key):
            assert repr(key) not in shown
            assert key.hex() not in shown
