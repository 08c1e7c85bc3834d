"""Texts: what a writer of the database may try: swap, re-author, replay, downgrade, cut short. None is accepted.

Each row is one attack on an honest state. The same reader opens the same thing before it, so that each can fail.
"""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from ithaca.tools.vault import directory, envelopes, kernel, keyless
from ithaca.tools.vault.errors import NotGranted, Refused, Tampered
from ithaca.tools.vault.fields import Sealed
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.models import Mailbox
from ithaca.tools.vault.tiers import Tier

from .conftest import Cast, another_pair


def changed(sealed: Sealed, data: bytes) -> Sealed:
    return Sealed(data, sealed.tier, sealed.kind)


# --- items: what is stored in a record's row --------------------------------------------------------

ITEM, OTHER = uuid4(), uuid4()
ItemAttack = Callable[[Cast, Sealed], str]

ITEM_ATTACKS: dict[str, ItemAttack] = {
    "shown as another item": lambda c, s: c.ben.open(c.pair, "message", OTHER, c.ada.owner, s),
    "shown as written by the reader": lambda c, s: c.ben.open(c.pair, "message", ITEM, c.ben.owner, s),
    "shown as written by a third": lambda c, s: c.ben.open(c.pair, "message", ITEM, c.cleo.owner, s),
    "moved to another column": lambda c, s: c.ben.open(
        c.pair, "goal", ITEM, c.ada.owner, Sealed(s.data, Tier.T3, "goal")
    ),
    "opened as another kind": lambda c, s: c.ben.open(c.pair, "goal", ITEM, c.ada.owner, s),
    "opened as another tier": lambda c, s: c.ben.open(
        c.pair, "message", ITEM, c.ada.owner, Sealed(s.data, Tier.T2, "message")
    ),
    "moved to another relationship": lambda c, s: c.ben.open(another_pair(c), "message", ITEM, c.ada.owner, s),
    "said to be of an epoch to come": lambda c, s: c.ben.open(
        c.pair, "message", ITEM, c.ada.owner, changed(s, (1).to_bytes(4, "big") + s.data[4:])
    ),
    "said to be of another epoch that both hold": lambda c, s: c.ben.open(
        later_epoch(c), "message", ITEM, c.ada.owner, changed(s, (1).to_bytes(4, "big") + s.data[4:])
    ),
    "an older version number": lambda c, s: c.ben.open(
        c.pair, "message", ITEM, c.ada.owner, changed(s, s.data[:4] + b"\x00" + s.data[5:])
    ),
    "emptied": lambda c, s: c.ben.open(c.pair, "message", ITEM, c.ada.owner, changed(s, b"")),
    "cut to its epoch": lambda c, s: c.ben.open(c.pair, "message", ITEM, c.ada.owner, changed(s, s.data[:4])),
    "cut by one byte": lambda c, s: c.ben.open(c.pair, "message", ITEM, c.ada.owner, changed(s, s.data[:-1])),
    "cut by one block": lambda c, s: c.ben.open(c.pair, "message", ITEM, c.ada.owner, changed(s, s.data[:-256])),
    "lengthened": lambda c, s: c.ben.open(c.pair, "message", ITEM, c.ada.owner, changed(s, s.data + b"\x00")),
    "opened as a private note": lambda c, s: c.ada.open_private("message", ITEM, s),
    "opened by one who was granted nothing": lambda c, s: c.cleo.open(c.pair, "message", ITEM, c.ada.owner, s),
}


def later_epoch(cast: Cast) -> UUID:
    cast.ada.new_epoch(cast.pair, [cast.ben.owner])
    return cast.pair


@pytest.mark.parametrize("attack", ITEM_ATTACKS.values(), ids=ITEM_ATTACKS)
def test_an_item_opens_only_where_and_as_it_was_sealed(cast: Cast, attack: ItemAttack) -> None:
    sealed = cast.ada.seal(cast.pair, "message", ITEM, "only for Ben")
    assert cast.ben.open(cast.pair, "message", ITEM, cast.ada.owner, sealed) == "only for Ben"
    with pytest.raises((Tampered, NotGranted)):
        attack(cast, sealed)


def test_every_byte_of_an_item_counts(cast: Cast) -> None:
    sealed = cast.ada.seal(cast.pair, "message", ITEM, "only for Ben")
    for place in range(len(sealed.data)):
        altered = bytearray(sealed.data)
        altered[place] ^= 0x80
        with pytest.raises((Tampered, NotGranted)):
            cast.ben.open(cast.pair, "message", ITEM, cast.ada.owner, changed(sealed, bytes(altered)))


PRIVATE_ATTACKS: dict[str, ItemAttack] = {
    "shown as another note": lambda c, s: c.ada.open_private("note", OTHER, s),
    "moved to another column": lambda c, s: c.ada.open_private("reason", ITEM, Sealed(s.data, Tier.T3, "reason")),
    "moved to the partner": lambda c, s: c.ben.open_private("note", ITEM, s),
    "opened with the pair's key": lambda c, s: c.ada.open(c.pair, "note", ITEM, c.ada.owner, s),
    "cut short": lambda c, s: c.ada.open_private("note", ITEM, changed(s, s.data[:-1])),
}


@pytest.mark.parametrize("attack", PRIVATE_ATTACKS.values(), ids=PRIVATE_ATTACKS)
def test_a_private_note_opens_only_for_its_author_in_its_place(cast: Cast, attack: ItemAttack) -> None:
    sealed = cast.ada.seal_private("note", ITEM, "mine")
    assert cast.ada.open_private("note", ITEM, sealed) == "mine"
    with pytest.raises((Tampered, NotGranted)):
        attack(cast, sealed)


# --- what the server may read -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "item", "tier"),
    [("topics", OTHER, Tier.T1S), ("telephone", ITEM, Tier.T1S), ("topics", ITEM, Tier.T2)],
    ids=["another item", "another column", "another tier"],
)
def test_what_is_sealed_for_the_server_stays_in_its_place(db: None, kind: str, item: UUID, tier: Tier) -> None:
    sealed = keyless.seal_for_server("topics", ITEM, "debt")
    assert keyless.open_for_server("topics", ITEM, sealed) == "debt"
    with pytest.raises(Tampered):
        keyless.open_for_server(kind, item, Sealed(sealed.data, tier, kind))


# --- mailboxes --------------------------------------------------------------------------------------

DESK, NEXT_DESK = uuid4(), uuid4()


def forged_letter(_: Cast, sealed: Sealed) -> bytes:
    """Made with all that the database holds: the mailbox's public key, but not the pepper."""
    address = directory.address_of(DESK)
    return envelopes.seal_letter(bytes(32), address, "request", ITEM, "please pay this man")


LETTER_ATTACKS: dict[str, Callable[[Cast, Sealed], bytes]] = {
    "forged by one without the pepper": forged_letter,
    "another writer's key in front": lambda c, s: (
        s.data[:4] + kernel.public_key(kernel.new_private_key()) + s.data[36:]
    ),
    "a key of low order in front": lambda c, s: s.data[:4] + bytes(32) + s.data[36:],
    "said to be of an earlier epoch": lambda c, s: (0).to_bytes(4, "big") + s.data[4:],
    "said to be of an epoch to come": lambda c, s: (2).to_bytes(4, "big") + s.data[4:],
    "a letter to another mailbox": lambda c, s: keyless.seal_to_mailbox(NEXT_DESK, "request", ITEM, "a").data,
    "a letter about another item": lambda c, s: keyless.seal_to_mailbox(DESK, "request", OTHER, "a").data,
    "a letter of another kind": lambda c, s: keyless.seal_to_mailbox(DESK, "note", ITEM, "a").data,
    "an older version number": lambda c, s: s.data[:36] + b"\x00" + s.data[37:],
    "cut short": lambda c, s: s.data[:-1],
    "cut to its head": lambda c, s: s.data[:36],
    "cut within its head": lambda c, s: s.data[:20],
    "emptied": lambda c, s: b"",
}


@pytest.mark.parametrize("attack", LETTER_ATTACKS.values(), ids=LETTER_ATTACKS)
def test_a_letter_opens_only_in_its_mailbox_and_place(cast: Cast, attack: Callable[[Cast, Sealed], bytes]) -> None:
    for desk in (DESK, NEXT_DESK):
        cast.cleo.make_mailbox(desk, [cast.ben.owner])
        cast.cleo.make_mailbox(desk, [cast.ben.owner])
    sealed = keyless.seal_to_mailbox(DESK, "request", ITEM, "ask for Ada")
    assert cast.ben.open_t2(DESK, "request", ITEM, sealed) == "ask for Ada"
    with pytest.raises(Refused):
        cast.ben.open_t2(DESK, "request", ITEM, changed(sealed, attack(cast, sealed)))


def test_nobody_seals_to_a_mailbox_whose_key_was_swapped(cast: Cast) -> None:
    for desk in (DESK, NEXT_DESK):
        cast.cleo.make_mailbox(desk, [])
    other = Mailbox.objects.get(owner=NEXT_DESK)
    for public_key, word in (
        (kernel.public_key(kernel.new_private_key()), None),
        (bytes(other.public_key), bytes(other.attestation)),
    ):
        row = Mailbox.objects.filter(owner=DESK)
        keyless.seal_to_mailbox(DESK, "request", ITEM, "ask for Ada")
        before = row.values("public_key", "attestation").get()
        row.update(public_key=public_key, **({} if word is None else {"attestation": word}))
        with pytest.raises(Tampered):
            keyless.seal_to_mailbox(DESK, "request", ITEM, "ask for Ada")
        with pytest.raises(Tampered):
            Keyring(cast.cleo.uk).open_mailbox(DESK)
        row.update(**before)
