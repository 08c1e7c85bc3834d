"""The keys outside the database: made once, whole, for all processes; never made anew over sealed data."""

import json
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import checks

from ithaca.tools.vault import grants, keyless, server_keys, slots
from ithaca.tools.vault.errors import NotGranted, ServerKeysMissing
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.slots import SlotKind

from .conftest import MONTH, Cast
from .rows import Writing, message

PROCESS = """
import sys
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["ithaca.tools.vault"], SERVER_KEYS=sys.argv[1], USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
)
import django
django.setup()
from ithaca.tools.vault import server_keys
sys.stdin.read()
print(server_keys.current().pepper.hex())
server_keys.bucket_to_fill(sys.argv[2])
"""


def database_check() -> list[str]:
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    return [message.id for message in found if message.id and message.id.startswith("vault.")]


def test_they_are_made_on_the_first_run_for_the_owner_only(db: None, server_keys_path: Path) -> None:
    keys = server_keys.current()
    assert stat.S_IMODE(server_keys_path.stat().st_mode) == 0o600
    assert len({keys.pepper, keys.t1s}) == 2
    assert server_keys.current().pepper == keys.pepper
    assert not list(server_keys_path.parent.glob("*.draft"))


def test_processes_that_start_together_agree_and_lose_no_bucket(server_keys_path: Path) -> None:
    months = [f"2027-{month:02d}" for month in range(1, 5)]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, str(server_keys_path), month],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for month in months
    ]
    for process in started:
        assert process.stdin
        process.stdin.close()
    said = [process.stdout.read() for process in started if process.stdout]
    assert [process.wait() for process in started] == [0] * 4
    assert len(set(said)) == 1
    assert sorted(json.loads(server_keys_path.read_text())["buckets"]) == months


def test_missing_keys_are_never_made_anew_over_sealed_data(cast: Cast, server_keys_path: Path) -> None:
    assert database_check() == []
    kept = server_keys_path.read_text()
    server_keys_path.unlink()
    with pytest.raises(ServerKeysMissing, match="Restore"):
        server_keys.current()
    assert not server_keys_path.exists()
    assert database_check() == ["vault.E001"]
    server_keys_path.write_text(kept)
    assert database_check() == []
    assert slots.open_with(cast.ada.owner, SlotKind.PASSWORD, "ada's") == cast.ada.uk


def test_keys_of_another_database_are_noticed_at_the_start(cast: Cast, settings: Any, tmp_path: Path) -> None:
    keys = server_keys.current()
    settings.SERVER_KEYS = server_keys.written(server_keys.ServerKeys(bytes(32), keys.t1s, {}, frozenset()))
    assert database_check() == ["vault.E002"]


@pytest.mark.parametrize("text", ["", "not json", "{}", "[]", '{"pepper": "AAAA", "t1s": "", "buckets": {}}'])
def test_an_unreadable_file_is_refused_and_left_alone(db: None, server_keys_path: Path, text: str) -> None:
    server_keys_path.write_text(text)
    with pytest.raises(ServerKeysMissing):
        server_keys.current()
    assert server_keys_path.read_text() == text


def test_no_key_is_told_when_they_cannot_be_read(db: None, server_keys_path: Path) -> None:
    server_keys.current()
    held = json.loads(server_keys_path.read_text())
    server_keys_path.write_text(json.dumps({**held, "t1s": "AAAA"}))
    with pytest.raises(ServerKeysMissing) as refusal:
        server_keys.current()
    assert refusal.value.__cause__ is None
    assert held["pepper"] not in str(refusal.value)


def test_they_can_come_from_the_environment_and_are_then_not_changed(db: None, settings: Any) -> None:
    server_keys.bucket_to_fill(MONTH)
    keys = server_keys.current()
    settings.SERVER_KEYS = server_keys.written(keys)
    assert server_keys.current() == keys
    assert server_keys.bucket_to_fill(MONTH) == keys.buckets[MONTH]
    with pytest.raises(ServerKeysMissing, match="environment"):
        server_keys.bucket_to_fill("2031-01")
    with pytest.raises(ServerKeysMissing, match="environment"):
        server_keys.destroy_bucket(MONTH)


@pytest.mark.parametrize("month", ["", "2027", "2027-13", "2027-6", "2027-06-01", "../2027-06"])
def test_a_bucket_is_a_month(db: None, month: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM"):
        server_keys.bucket_to_fill(month)


@pytest.mark.parametrize("name", ["standing", "", "2027"])
def test_only_a_month_is_destroyed(cast: Cast, name: str) -> None:
    desk = uuid4()
    cast.ada.make_mailbox(desk, [])
    with pytest.raises(ValueError, match="YYYY-MM"):
        server_keys.destroy_bucket(name)
    assert Keyring(cast.ada.uk).open_mailbox(desk)


def test_with_its_bucket_destroyed_nothing_opens_though_every_password_is_known(
    cast: Cast, server_keys_path: Path
) -> None:
    """The grants are still there, as they would be in an old backup of the database."""
    row = message(cast.ada, cast.pair, "shared")
    server_keys.destroy_bucket(MONTH)
    assert grants.holders_of(cast.pair) == {cast.ada.owner, cast.ben.owner}
    for owner, password in ((cast.ada.owner, "ada's"), (cast.ben.owner, "ben's")):
        keyring = Keyring(slots.open_with(owner, SlotKind.PASSWORD, password))
        with pytest.raises(NotGranted):
            keyring.key_for(cast.pair)
        with pytest.raises(NotGranted):
            Writing.message.unseal(row, keyring)
    assert MONTH not in json.loads(server_keys_path.read_text())["buckets"]


def test_a_destroyed_bucket_is_never_made_again(cast: Cast) -> None:
    server_keys.destroy_bucket(MONTH)
    with pytest.raises(NotGranted):
        server_keys.bucket_to_fill(MONTH)
    with pytest.raises(NotGranted):
        cast.ada.open_relationship(uuid4(), MONTH, [cast.ben.owner])
    with pytest.raises(NotGranted):
        grants.rewrap_bucket(cast.pair, "2027-07")


def test_what_another_process_destroyed_is_gone_here_too(cast: Cast, server_keys_path: Path) -> None:
    assert server_keys.bucket(MONTH)
    held = json.loads(server_keys_path.read_text())
    draft = server_keys_path.with_name("theirs")
    draft.write_text(json.dumps({**held, "buckets": {}, "destroyed": [MONTH]}))
    draft.replace(server_keys_path)
    with pytest.raises(NotGranted):
        server_keys.bucket(MONTH)


def test_ending_moves_a_relationship_out_of_a_bucket_that_is_then_destroyed(cast: Cast) -> None:
    row = message(cast.ada, cast.pair, "shared")
    before = Keyring(cast.ben.uk).key_for(cast.pair).key
    grants.rewrap_bucket(cast.pair, "2027-01")
    server_keys.destroy_bucket(MONTH)
    assert Keyring(cast.ben.uk).key_for(cast.pair).key == before
    assert Writing.message.unseal(row, Keyring(cast.ben.uk)) == "shared"
    server_keys.destroy_bucket("2027-01")
    with pytest.raises(NotGranted):
        Keyring(cast.ben.uk).key_for(cast.pair)


def test_fingerprints_are_compared_and_cannot_be_made_without_the_pepper(db: None, settings: Any) -> None:
    ada, ben = uuid4(), uuid4()
    one = keyless.fingerprint("exclusion", ada, ben)
    assert keyless.matches(one, "exclusion", ada, ben)
    assert not keyless.matches(one, "exclusion", ben, ada)
    assert not keyless.matches(one, "link", ada, ben)
    assert not keyless.matches("", "exclusion", ada, ben)
    assert not keyless.matches("é", "exclusion", ada, ben)
    keys = server_keys.current()
    settings.SERVER_KEYS = server_keys.written(server_keys.ServerKeys(bytes(32), keys.t1s, {}, frozenset()))
    assert not keyless.matches(one, "exclusion", ada, ben)
