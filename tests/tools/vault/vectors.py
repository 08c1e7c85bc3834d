"""What was sealed before 1 December 2026, with fixed keys, one seal of every kind. It must open for ever.

`vectors.json` was made once and is never made again: a change that makes one of its seals unreadable would make
everybody's rows unreadable. `thing` is what the key is of: a relationship, a mailbox, or the person themself.
"""

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from ithaca.tools.vault import directory, envelopes, server_keys
from ithaca.tools.vault.envelopes import Place
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.models import Grant, KeyPair, Mailbox, Slot
from ithaca.tools.vault.slots import UserKey
from ithaca.tools.vault.tiers import Tier

HELD: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
_BYTES = ("public_key", "attestation", "granted_by", "salt", "sealed")


@dataclass(frozen=True)
class Vector:
    """One seal, all that it is bound to, and what is in it."""

    kind: str
    tier: Tier
    how: str
    """pair, private, pair file, private file, server, or mailbox."""
    thing: UUID
    epoch: int
    item: UUID
    author: UUID | None
    plain: str | bytes = field(repr=False)
    data: bytes = field(repr=False)

    def __str__(self) -> str:
        return f"{self.kind}, {self.how}, epoch {self.epoch}, {len(self.plain)} long"


def _vector(row: dict[str, Any]) -> Vector:
    return Vector(
        row["kind"],
        Tier(row["tier"]),
        row["how"],
        UUID(row["thing"]),
        row["epoch"],
        UUID(row["item"]),
        UUID(row["author"]) if row["author"] else None,
        base64.b64decode(row["plain"]) if row["how"].endswith("file") else row["plain"],
        base64.b64decode(row["sealed"]),
    )


VECTORS = [_vector(row) for row in HELD["sealed"]]
ADA, BEN = (UUID(HELD["people"][name]["owner"]) for name in ("ada", "ben"))
PAIR, DESK = (next(v.thing for v in VECTORS if v.how == how) for how in ("pair", "mailbox"))


def restore(settings: Any) -> None:
    """Put back the server's keys, and the rows of that time: public keys, slots, grants and a mailbox."""
    settings.SERVER_KEYS = json.dumps(HELD["server_keys"])
    for model in (KeyPair, Slot, Grant, Mailbox):
        for row in HELD["rows"][model.__name__]:
            model.objects.create(**{k: base64.b64decode(v) if k in _BYTES else v for k, v in row.items()})


def keyring_of(name: str) -> Keyring:
    """Return the keyring of "ada" or "ben"."""
    person = HELD["people"][name]
    return Keyring(UserKey(UUID(person["owner"]), base64.b64decode(person["private"])))


def as_text(vector: Vector) -> str:
    """Return a seal as a page carries it."""
    return base64.b64encode(vector.data).decode("ascii")


def opened(vector: Vector, keys: Keyring) -> str | bytes:
    """Open a vector with every fact of it named: what the bytes are bound to, whatever the fields say."""
    held, keys_of_server = vector.data, server_keys.current()
    private = Place(keys.owner, 0, vector.kind, vector.item)
    match vector.how:
        case "pair" | "pair file":
            key = keys.key_for(vector.thing, envelopes.epoch_of(held))
            place = Place(vector.thing, key.epoch, vector.kind, vector.item)
            unseal = envelopes.open_item if vector.how == "pair" else envelopes.open_file
            return unseal(key.key, place, vector.author, held)
        case "private":
            return envelopes.open_private(keys.uk.private, private, held)
        case "private file":
            return envelopes.open_private_file(keys.uk.private, private, held)
        case "server":
            return envelopes.open_for_server(keys_of_server.t1s, vector.kind, vector.item, held)
        case how:
            assert how == "mailbox"
            address = directory.address_of(vector.thing, envelopes.epoch_of(held))
            own = keys.open_mailbox(vector.thing, address.epoch)[1]
            return envelopes.open_letter(keys_of_server.pepper, address, own, vector.kind, vector.item, held)
