"""Texts: what a writer of the database may try: swap, re-author, replay, downgrade, cut short. None is accepted.

Each row is one attack on an honest state. The same reader opens the same thing before it, so that each can fail.
"""

from collections.abc import Callable
from uuid import uuid4

import pytest

from ithaca.tools.vault import directory, envelopes, kernel
from ithaca.tools.vault.errors import NotGranted, Refused, Tampered
from ithaca.tools.vault.fields import Sealed
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.models import Mailbox
from ithaca.tools.vault.tiers import Tier

from .conftest import Cast, another_pair
from .rows import Elsewhere, Writing, changed, letter, message, moved, note, put

# --- items: what is stored in a record's row --------------------------------------------------------

ItemAttack = Callable[[Cast, Writing], str]


def text_of(keys: Keyring, row: Writing) -> str:
    return Writing.message.unseal(row, keys)


def cut(row: Writing, data: bytes) -> Writing:
    return changed(row, Writing.message, data)


ITEM_ATTACKS: dict[str, ItemAttack] = {
    "shown as another item": lambda c, r: text_of(c.ben, moved(r, id=uuid4())),
    "shown as written by the reader": lambda c, r: text_of(c.ben, moved(r, author=c.ben.owner)),
    "shown as written by a third": lambda c, r: text_of(c.ben, moved(r, author=c.cleo.owner)),
    "moved to another column": lambda c, r: Writing.goal.unseal(changed(r, Writing.goal, r.message.data), c.ben),
    "moved to a column of its kind that the server opens": lambda c, r: Elsewhere.message.unseal(
        put(Elsewhere(id=r.pk), Elsewhere.message, r.message.data)
    ),
    "moved to another relationship": lambda c, r: text_of(c.ben, moved(r, pair=another_pair(c))),
    "said to be of an epoch to come": lambda c, r: text_of(c.ben, cut(r, (1).to_bytes(4, "big") + r.message.data[4:])),
    "said to be of another epoch that both hold": lambda c, r: text_of(
        later_epoch(c), cut(r, (1).to_bytes(4, "big") + r.message.data[4:])
    ),
    "an older version number": lambda c, r: text_of(c.ben, cut(r, r.message.data[:4] + b"\x00" + r.message.data[5:])),
    "emptied": lambda c, r: text_of(c.ben, cut(r, b"")),
    "cut to its epoch": lambda c, r: text_of(c.ben, cut(r, r.message.data[:4])),
    "cut by one byte": lambda c, r: text_of(c.ben, cut(r, r.message.data[:-1])),
    "cut by one block": lambda c, r: text_of(c.ben, cut(r, r.message.data[:-256])),
    "lengthened": lambda c, r: text_of(c.ben, cut(r, r.message.data + b"\x00")),
    "said to be its author's alone": lambda c, r: text_of(c.ada, moved(r, alone=True)),
    "moved to a private note": lambda c, r: Writing.note.unseal(changed(r, Writing.note, r.message.data), c.ada),
    "opened by one who was granted nothing": lambda c, r: text_of(c.cleo, r),
}


def later_epoch(cast: Cast) -> Keyring:
    cast.ada.new_epoch(cast.pair, [cast.ben.owner])
    return cast.ben


@pytest.mark.parametrize("attack", ITEM_ATTACKS.values(), ids=ITEM_ATTACKS)
def test_an_item_opens_only_where_and_as_it_was_sealed(cast: Cast, attack: ItemAttack) -> None:
    row = message(cast.ada, cast.pair, "only for Ben")
    assert text_of(cast.ben, row) == "only for Ben"
    with pytest.raises((Tampered, NotGranted)):
        attack(cast, row)


@pytest.mark.parametrize("held", [Sealed(b"", Tier.T3, "goal"), Sealed(b"", Tier.T2, "message")], ids=["kind", "tier"])
def test_a_row_that_was_made_to_hold_another_fields_ciphertext_is_refused(cast: Cast, held: Sealed) -> None:
    """It never comes from the database so: a column's contents get the kind and tier of their column."""
    row = message(cast.ada, cast.pair, "only for Ben")
    row.__dict__["message"] = Sealed(row.message.data, held.tier, held.kind)
    with pytest.raises(TypeError):
        text_of(cast.ben, row)


def test_every_byte_of_an_item_counts(cast: Cast) -> None:
    row = message(cast.ada, cast.pair, "only for Ben")
    for place in range(len(row.message.data)):
        altered = bytearray(row.message.data)
        altered[place] ^= 0x80
        with pytest.raises((Tampered, NotGranted)):
            text_of(cast.ben, cut(row, bytes(altered)))


def test_two_rows_that_were_swapped_open_for_nobody(cast: Cast) -> None:
    one, two = message(cast.ada, cast.pair, "first"), message(cast.ada, cast.pair, "second")
    one.message, two.message = two.message, one.message
    for row in (one, two):
        for keys in (cast.ada, cast.ben):
            with pytest.raises(Tampered):
                text_of(keys, row)


PRIVATE_ATTACKS: dict[str, ItemAttack] = {
    "shown as another note": lambda c, r: Writing.note.unseal(moved(r, id=uuid4()), c.ada),
    "moved to another column": lambda c, r: Writing.reason.unseal(changed(r, Writing.reason, r.note.data), c.ada),
    "moved to the partner": lambda c, r: Writing.note.unseal(moved(r, author=c.ben.owner), c.ben),
    "opened by the partner": lambda c, r: Writing.note.unseal(r, c.ben),
    "opened with the pair's key": lambda c, r: text_of(
        c.ada, moved(changed(r, Writing.message, r.note.data), pair=c.pair)
    ),
    "cut short": lambda c, r: Writing.note.unseal(changed(r, Writing.note, r.note.data[:-1]), c.ada),
}


@pytest.mark.parametrize("attack", PRIVATE_ATTACKS.values(), ids=PRIVATE_ATTACKS)
def test_a_private_note_opens_only_for_its_author_in_its_place(cast: Cast, attack: ItemAttack) -> None:
    row = note(cast.ada, "mine")
    assert Writing.note.unseal(row, cast.ada) == "mine"
    with pytest.raises((Tampered, NotGranted)):
        attack(cast, row)


# --- what the server may read -----------------------------------------------------------------------

ServerAttack = Callable[[Writing], str]

SERVER_ATTACKS: dict[str, ServerAttack] = {
    "another item": lambda r: Writing.topics.unseal(moved(r, id=uuid4())),
    "another column": lambda r: Writing.telephone.unseal(changed(r, Writing.telephone, r.topics.data)),
    "cut short": lambda r: Writing.topics.unseal(changed(r, Writing.topics, r.topics.data[:-1])),
}


@pytest.mark.parametrize("attack", SERVER_ATTACKS.values(), ids=SERVER_ATTACKS)
def test_what_is_sealed_for_the_server_stays_in_its_place(db: None, attack: ServerAttack) -> None:
    row = Writing()
    row.topics = Writing.topics.seal(row, "debt")
    assert Writing.topics.unseal(row) == "debt"
    with pytest.raises(Tampered):
        attack(row)


def test_what_is_sealed_for_the_server_is_no_letter(cast: Cast) -> None:
    desk = uuid4()
    cast.ada.make_mailbox(desk, [])
    row = Writing()
    row.topics = Writing.topics.seal(row, "debt")
    with pytest.raises(Refused):
        Elsewhere.topics.unseal(put(Elsewhere(id=row.pk, pair=desk), Elsewhere.topics, row.topics.data), cast.ada)


def test_what_is_sealed_for_the_server_is_refused_as_another_tiers(db: None) -> None:
    row = Writing()
    row.topics = Writing.topics.seal(row, "debt")
    row.__dict__["topics"] = Sealed(row.topics.data, Tier.T2, "topics")
    with pytest.raises(TypeError):
        Writing.topics.unseal(row)


# --- mailboxes --------------------------------------------------------------------------------------

DESK, NEXT_DESK = uuid4(), uuid4()


def forged_letter(_: Cast, row: Writing) -> bytes:
    """Made with all that the database holds: the mailbox's public key, but not the pepper."""
    address = directory.address_of(DESK)
    return envelopes.seal_letter(bytes(32), address, "request", row.pk, "please pay this man")


def letter_of_another_kind(_: Cast, row: Writing) -> bytes:
    return Writing.answer.seal(row, "a").data


LETTER_ATTACKS: dict[str, Callable[[Cast, Writing], bytes]] = {
    "forged by one without the pepper": forged_letter,
    "another writer's key in front": lambda c, r: (
        r.request.data[:4] + kernel.public_key(kernel.new_private_key()) + r.request.data[36:]
    ),
    "a key of low order in front": lambda c, r: r.request.data[:4] + bytes(32) + r.request.data[36:],
    "said to be of an earlier epoch": lambda c, r: (0).to_bytes(4, "big") + r.request.data[4:],
    "said to be of an epoch to come": lambda c, r: (2).to_bytes(4, "big") + r.request.data[4:],
    "a letter to another mailbox": lambda c, r: letter(NEXT_DESK, "a", id=r.pk).request.data,
    "a letter about another item": lambda c, r: letter(DESK, "a").request.data,
    "a letter of another kind": letter_of_another_kind,
    "an older version number": lambda c, r: r.request.data[:36] + b"\x00" + r.request.data[37:],
    "cut short": lambda c, r: r.request.data[:-1],
    "cut to its head": lambda c, r: r.request.data[:36],
    "cut within its head": lambda c, r: r.request.data[:20],
    "emptied": lambda c, r: b"",
}


@pytest.mark.parametrize("attack", LETTER_ATTACKS.values(), ids=LETTER_ATTACKS)
def test_a_letter_opens_only_in_its_mailbox_and_place(cast: Cast, attack: Callable[[Cast, Writing], bytes]) -> None:
    for desk in (DESK, NEXT_DESK):
        cast.cleo.make_mailbox(desk, [cast.ben.owner])
        cast.cleo.make_mailbox(desk, [cast.ben.owner])
    row = letter(DESK, "ask for Ada")
    assert Writing.request.unseal(row, cast.ben) == "ask for Ada"
    with pytest.raises(Refused):
        Writing.request.unseal(changed(row, Writing.request, attack(cast, row)), cast.ben)


def test_nobody_seals_to_a_mailbox_whose_key_was_swapped(cast: Cast) -> None:
    for desk in (DESK, NEXT_DESK):
        cast.cleo.make_mailbox(desk, [])
    other = Mailbox.objects.get(owner=NEXT_DESK)
    for public_key, word in (
        (kernel.public_key(kernel.new_private_key()), None),
        (bytes(other.public_key), bytes(other.attestation)),
    ):
        row = Mailbox.objects.filter(owner=DESK)
        letter(DESK, "ask for Ada")
        before = row.values("public_key", "attestation").get()
        row.update(public_key=public_key, **({} if word is None else {"attestation": word}))
        with pytest.raises(Tampered):
            letter(DESK, "ask for Ada")
        with pytest.raises(Tampered):
            Keyring(cast.cleo.uk).open_mailbox(DESK)
        row.update(**before)
