"""What was sealed once opens for ever, in its own place and nowhere else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from ithaca.tools.vault import slots
from ithaca.tools.vault.errors import NotEnrolled, NotGranted, Tampered
from ithaca.tools.vault.slots import SlotKind
from ithaca.tools.vault.tiers import Tier

from . import vectors
from .vectors import ADA, BEN, VECTORS, Vector, opened

CHANGES: dict[str, Callable[[Vector], Vector]] = {
    "shown as another item": lambda v: replace(v, item=uuid4()),
    "shown as written by the other": lambda v: replace(v, author=BEN if v.author == ADA else ADA),
    "moved to another relationship or mailbox": lambda v: replace(v, thing=uuid4()),
    "moved to another column": lambda v: replace(v, kind="another.kind"),
    "said to be of another epoch": lambda v: replace(v, data=(1 - v.epoch).to_bytes(4, "big") + v.data[4:]),
    "its last byte altered": lambda v: replace(v, data=v.data[:-1] + bytes([v.data[-1] ^ 1])),
    "cut short": lambda v: replace(v, data=v.data[:-256]),
}
WAYS = ("pair", "pair file", "private", "private file", "server", "mailbox")
MEANINGLESS = {
    "shown as written by the other": ("private", "private file", "server", "mailbox"),
    "moved to another relationship or mailbox": ("private", "private file", "server"),
    "said to be of another epoch": ("private", "private file", "server"),
}


@pytest.fixture(autouse=True)
def then(db: None, settings: Any, server_keys_path: object) -> None:
    vectors.restore(settings)


def test_there_is_one_of_every_tier_and_way() -> None:
    assert {v.tier for v in VECTORS} == {Tier.T1S, Tier.T2, Tier.T3}
    assert {v.how for v in VECTORS} == set(WAYS)
    assert {v.epoch for v in VECTORS} == {0, 1}
    assert len(VECTORS) == 64


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_it_opens_still(vector: Vector) -> None:
    assert opened(vector, vectors.keyring_of("ada")) == vector.plain
    if vector.how.startswith("private"):
        with pytest.raises(Tampered):
            opened(vector, vectors.keyring_of("ben"))
    else:
        assert opened(vector, vectors.keyring_of("ben")) == vector.plain


@pytest.mark.parametrize(
    ("how", "change"),
    [(how, change) for how in WAYS for change in CHANGES if how not in MEANINGLESS.get(change, ())],
)
def test_it_opens_in_its_own_place_only(how: str, change: str) -> None:
    """Every vector of a way, under one change of what it is bound to."""
    keys = vectors.keyring_of("ada")
    for vector in (v for v in VECTORS if v.how == how):
        with pytest.raises((Tampered, NotGranted, NotEnrolled)):
            opened(CHANGES[change](vector), keys)


def test_a_replay_of_the_same_column_and_author_is_refused() -> None:
    """Two seals of one kind by one author: neither opens in the other's row."""
    keys = vectors.keyring_of("ben")
    one, other = [v for v in VECTORS if v.kind == "goal.words"]
    for vector in (replace(one, item=other.item), replace(other, item=one.item)):
        with pytest.raises(Tampered):
            opened(vector, keys)


@pytest.mark.parametrize("kind", SlotKind)
def test_every_slot_opens_still(kind: SlotKind) -> None:
    secret = vectors.HELD["secrets"][kind.value]
    assert slots.open_with(ADA, kind, secret) == vectors.keyring_of("ada").uk
