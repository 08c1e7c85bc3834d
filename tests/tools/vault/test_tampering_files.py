"""Files: swapped, re-authored, replayed, cut short, or passed off as a text, none opens. Their length says little."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithaca.tools.vault import kernel
from ithaca.tools.vault.errors import NotGranted, Tampered
from ithaca.tools.vault.fields import Sealed
from ithaca.tools.vault.tiers import Tier

from .conftest import Cast, another_pair

FILE = b"%PDF-1.7 only for Ben" + bytes(range(256)) * 40
ITEM, OTHER = uuid4(), uuid4()
Attack = Callable[[Cast, Sealed], object]


def changed(sealed: Sealed, data: bytes, kind: str = "file") -> Sealed:
    return Sealed(data, sealed.tier, kind)


ATTACKS: dict[str, Attack] = {
    "shown as another item": lambda c, s: c.ben.open_file(c.pair, "file", OTHER, c.ada.owner, s),
    "shown as sent by the reader": lambda c, s: c.ben.open_file(c.pair, "file", ITEM, c.ben.owner, s),
    "moved to another column": lambda c, s: c.ben.open_file(
        c.pair, "name", ITEM, c.ada.owner, changed(s, s.data, "name")
    ),
    "opened as another tier": lambda c, s: c.ben.open_file(
        c.pair, "file", ITEM, c.ada.owner, Sealed(s.data, Tier.T2, "file")
    ),
    "moved to another relationship": lambda c, s: c.ben.open_file(another_pair(c), "file", ITEM, c.ada.owner, s),
    "said to be of an epoch to come": lambda c, s: c.ben.open_file(
        c.pair, "file", ITEM, c.ada.owner, changed(s, (1).to_bytes(4, "big") + s.data[4:])
    ),
    "opened as a text": lambda c, s: c.ben.open(c.pair, "file", ITEM, c.ada.owner, s),
    "a text opened as a file": lambda c, s: c.ben.open_file(
        c.pair, "file", ITEM, c.ada.owner, c.ada.seal(c.pair, "file", ITEM, "words")
    ),
    "opened as a private file": lambda c, s: c.ada.open_private_file("file", ITEM, s),
    "opened by one who was granted nothing": lambda c, s: c.cleo.open_file(c.pair, "file", ITEM, c.ada.owner, s),
    "emptied": lambda c, s: c.ben.open_file(c.pair, "file", ITEM, c.ada.owner, changed(s, b"")),
    "cut by a block": lambda c, s: c.ben.open_file(c.pair, "file", ITEM, c.ada.owner, changed(s, s.data[:-4096])),
    "one bit altered": lambda c, s: c.ben.open_file(
        c.pair, "file", ITEM, c.ada.owner, changed(s, s.data[:-1] + bytes([s.data[-1] ^ 1]))
    ),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_file_opens_only_where_and_as_it_was_sealed(cast: Cast, attack: Attack) -> None:
    sealed = cast.ada.seal_file(cast.pair, "file", ITEM, FILE)
    assert cast.ben.open_file(cast.pair, "file", ITEM, cast.ada.owner, sealed) == FILE
    with pytest.raises((Tampered, NotGranted)):
        attack(cast, sealed)


PRIVATE_ATTACKS: dict[str, Attack] = {
    "shown as another item": lambda c, s: c.ada.open_private_file("file", OTHER, s),
    "moved to the partner": lambda c, s: c.ben.open_private_file("file", ITEM, s),
    "opened with the pair's key": lambda c, s: c.ada.open_file(c.pair, "file", ITEM, c.ada.owner, s),
    "opened as a private text": lambda c, s: c.ada.open_private("file", ITEM, s),
    "cut short": lambda c, s: c.ada.open_private_file("file", ITEM, changed(s, s.data[:-1])),
}


@pytest.mark.parametrize("attack", PRIVATE_ATTACKS.values(), ids=PRIVATE_ATTACKS)
def test_a_private_file_opens_only_for_its_owner_in_its_place(cast: Cast, attack: Attack) -> None:
    sealed = cast.ada.seal_private_file("file", ITEM, FILE)
    assert cast.ada.open_private_file("file", ITEM, sealed) == FILE
    with pytest.raises((Tampered, NotGranted)):
        attack(cast, sealed)


@given(st.integers(0, 300_000), st.sampled_from([b"\x00", b"\x80", b"x"]))
def test_a_file_comes_back_whole_whatever_its_length_and_is_padded_by_little(length: int, mark: bytes) -> None:
    key, data = bytes(32), mark * length
    sealed = kernel.seal_file(key, data, b"")
    assert kernel.unseal_file(key, sealed, b"") == data
    padding = len(sealed) - 41 - length  # version, nonce and tag
    assert 0 < padding <= max(4096, length // 8)


def test_lengths_that_are_near_cannot_be_told_apart() -> None:
    lengths = {len(kernel.seal_file(bytes(32), bytes(length), b"")) for length in range(1_000_000, 1_016_000, 1000)}
    assert len(lengths) <= 2
