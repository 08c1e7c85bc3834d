"""Server keys of the tests' own, and a cast: Ada and Ben share a relationship, Cleo must get nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from ithaca.tools.vault import slots
from ithaca.tools.vault.keyring import Keyring

NOW = datetime(2026, 9, 7, 9, 30, tzinfo=UTC)
MONTH = "2027-06"


@dataclass(frozen=True)
class Cast:
    """Who takes part: keyrings, and the relationship that Ada opened with Ben."""

    ada: Keyring
    ben: Keyring
    cleo: Keyring
    pair: UUID


@pytest.fixture(autouse=True)
def server_keys_path(settings: Any, tmp_path: Path) -> Path:
    """Keep each test's server keys apart, and guesses cheap."""
    settings.SERVER_KEYS = str(tmp_path / "server-keys.json")
    settings.ARGON2 = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
    return tmp_path / "server-keys.json"


def person(password: str) -> Keyring:
    """Enrol somebody new."""
    return Keyring(slots.enrol(uuid4(), password, NOW))


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the three, with passwords "ada's", "ben's", "cleo's"."""
    ada, ben, cleo = person("ada's"), person("ben's"), person("cleo's")
    pair = uuid4()
    ada.open_relationship(pair, MONTH, [ben.owner])
    return Cast(ada, ben, cleo, pair)


def another_pair(cast: Cast) -> UUID:
    """Open a second relationship between Ada and Ben."""
    other = uuid4()
    cast.ada.open_relationship(other, MONTH, [cast.ben.owner])
    return other
