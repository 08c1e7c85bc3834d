"""Files: swapped, re-authored, replayed, cut short, or passed off as a text, none opens. Their length says little."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithaca.tools.vault import kernel
from ithaca.tools.vault.errors import NotGranted, Tampered
from ithaca.tools.vault.fields import Sealed
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.tiers import Tier

from .conftest import Cast, another_pair
from .rows import Elsewhere, Writing, changed, moved, put, written_by

FILE = b"%PDF-1.7 only for Ben" + bytes(range(256)) * 40
Attack = Callable[[Cast, Writing], object]


def sent(cast: Cast, alone: bool = False) -> Writing:
    """Return a row with a file that Ada sent, or keeps."""
    row = written_by(cast.ada.owner, cast.pair, alone=alone)
    row.file = Writing.file.seal(row, FILE, cast.ada)
    return row


def file_of(keys: Keyring, row: Writing) -> bytes:
    return Writing.file.unseal(row, keys)


def cut(row: Writing, data: bytes) -> Writing:
    return changed(row, Writing.file, data)


def as_a_text(row: Writing, keys: Keyring) -> str:
    """Open what is in the row as a column of the same kind that holds texts."""
    other = Elsewhere(id=row.pk, pair=row.pair, author=row.author, alone=row.alone)
    return Elsewhere.file.unseal(put(other, Elsewhere.file, row.file.data), keys)


def a_text(row: Writing, keys: Keyring) -> bytes:
    """Return the bytes of a text that was sealed in such a column."""
    other = Elsewhere(id=row.pk, pair=row.pair, author=row.author, alone=row.alone)
    return Elsewhere.file.seal(other, "words", keys).data


ATTACKS: dict[str, Attack] = {
    "shown as another item": lambda c, r: file_of(c.ben, moved(r, id=uuid4())),
    "shown as sent by the reader": lambda c, r: file_of(c.ben, moved(r, author=c.ben.owner)),
    "moved to another column": lambda c, r: Writing.name.unseal(changed(r, Writing.name, r.file.data), c.ben),
    "moved to another relationship": lambda c, r: file_of(c.ben, moved(r, pair=another_pair(c))),
    "said to be of an epoch to come": lambda c, r: file_of(c.ben, cut(r, (1).to_bytes(4, "big") + r.file.data[4:])),
    "opened as a text": lambda c, r: as_a_text(r, c.ben),
    "a text opened as a file": lambda c, r: file_of(c.ben, cut(r, a_text(r, c.ada))),
    "said to be its sender's alone": lambda c, r: file_of(c.ada, moved(r, alone=True)),
    "opened by one who was granted nothing": lambda c, r: file_of(c.cleo, r),
    "emptied": lambda c, r: file_of(c.ben, cut(r, b"")),
    "cut by a block": lambda c, r: file_of(c.ben, cut(r, r.file.data[:-4096])),
    "one bit altered": lambda c, r: file_of(c.ben, cut(r, r.file.data[:-1] + bytes([r.file.data[-1] ^ 1]))),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_file_opens_only_where_and_as_it_was_sealed(cast: Cast, attack: Attack) -> None:
    row = sent(cast)
    assert file_of(cast.ben, row) == FILE
    with pytest.raises((Tampered, NotGranted)):
        attack(cast, row)


def test_a_file_is_refused_as_another_tiers(cast: Cast) -> None:
    row = sent(cast)
    row.__dict__["file"] = Sealed(row.file.data, Tier.T2, "file")
    with pytest.raises(TypeError):
        file_of(cast.ben, row)


PRIVATE_ATTACKS: dict[str, Attack] = {
    "shown as another item": lambda c, r: file_of(c.ada, moved(r, id=uuid4())),
    "moved to the partner": lambda c, r: file_of(c.ben, moved(r, author=c.ben.owner)),
    "opened by the partner": lambda c, r: file_of(c.ben, r),
    "opened with the pair's key": lambda c, r: file_of(c.ada, moved(r, alone=False)),
    "opened as a private text": lambda c, r: as_a_text(r, c.ada),
    "a private text opened as a file": lambda c, r: file_of(c.ada, cut(r, a_text(r, c.ada))),
    "cut short": lambda c, r: file_of(c.ada, cut(r, r.file.data[:-1])),
}


@pytest.mark.parametrize("attack", PRIVATE_ATTACKS.values(), ids=PRIVATE_ATTACKS)
def test_a_private_file_opens_only_for_its_owner_in_its_place(cast: Cast, attack: Attack) -> None:
    row = sent(cast, alone=True)
    assert file_of(cast.ada, row) == FILE
    with pytest.raises((Tampered, NotGranted)):
        attack(cast, row)


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
