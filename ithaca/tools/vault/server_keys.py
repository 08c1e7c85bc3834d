"""The second lock: keys that live outside the database and its backups.

`settings.SERVER_KEYS` is the path of one file, or the file's JSON itself (from the environment; then it is never
changed from here). The file holds the pepper, the key of T1s, and one bucket key a month, made when first needed.
Destroying a month's bucket leaves every grant in it unopenable for ever, in every backup of the database too.
A month that was destroyed is remembered and never made again.
"""

import base64
import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from . import kernel
from .errors import NotGranted, ServerKeysMissing
from .models import KeyPair, Mailbox

STANDING = "standing"  # the bucket of what falls due in no month: the mailboxes of a scheme's staff
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])|standing")


@dataclass(frozen=True, repr=False)
class ServerKeys:
    """What a thief of the database lacks. `destroyed` are the months whose bucket is gone."""

    pepper: bytes
    t1s: bytes
    buckets: dict[str, bytes]
    destroyed: frozenset[str]


def current() -> ServerKeys:
    """Return the keys; on the very first run, make them.

    Raises:
        ServerKeysMissing: no file although the database holds key pairs, or a file that cannot be read.
    """
    source = str(settings.SERVER_KEYS)
    if source.startswith("{"):
        return _from_environment(source)
    try:
        return _read(Path(source))
    except FileNotFoundError:
        return _first(Path(source))


def bucket(month: str) -> bytes:
    """Return the key of a month's bucket, to open with.

    Raises:
        NotGranted: it was destroyed, or never made.
    """
    try:
        return current().buckets[month]
    except KeyError:
        raise NotGranted(f"the bucket of {month} is destroyed or was never made") from None


def bucket_to_fill(month: str) -> bytes:
    """Return the key of a month's bucket, to seal with; it is made when it is the first of its month.

    Raises:
        NotGranted: that month was destroyed.
        ValueError: not a month written YYYY-MM.
    """
    if not _MONTH.fullmatch(month):
        raise ValueError("a bucket is a month written YYYY-MM")
    if month not in current().buckets:
        with _changing() as (path, keys):
            if month in keys.destroyed:
                raise NotGranted(f"the bucket of {month} is destroyed")
            if month not in keys.buckets:
                _write(path, replace(keys, buckets={**keys.buckets, month: kernel.random_key()}))
    return bucket(month)


def destroy_bucket(month: str) -> None:
    """Destroy a month's key for ever; grants that must live on are moved first (`grants.rewrap_bucket`).

    Raises:
        ValueError: not a month written YYYY-MM; the standing bucket holds the mailboxes of every scheme.
    """
    if month == STANDING or not _MONTH.fullmatch(month):
        raise ValueError("a bucket is destroyed by its month, written YYYY-MM")
    with _changing() as (path, keys):
        kept = {name: key for name, key in keys.buckets.items() if name != month}
        _write(path, replace(keys, buckets=kept, destroyed=keys.destroyed | {month}))


def written(keys: ServerKeys) -> str:
    """Return the keys as the file has them, JSON."""
    return json.dumps(
        {
            "pepper": base64.b64encode(keys.pepper).decode(),
            "t1s": base64.b64encode(keys.t1s).decode(),
            "buckets": {month: base64.b64encode(key).decode() for month, key in sorted(keys.buckets.items())},
            "destroyed": sorted(keys.destroyed),
        },
        indent=1,
    )


def _read(path: Path) -> ServerKeys:
    seen = path.stat()
    return _read_once(path, seen.st_ino, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=1)
def _read_once(path: Path, *_seen: int) -> ServerKeys:
    """Read the file again only when it is another one: a bucket destroyed by one process is gone for all."""
    return _parsed(path.read_text(encoding="ascii"))


@lru_cache(maxsize=1)
def _from_environment(text: str) -> ServerKeys:
    return _parsed(text)


def _parsed(text: str) -> ServerKeys:
    try:
        held = json.loads(text)
        return ServerKeys(
            pepper=_key(held["pepper"]),
            t1s=_key(held["t1s"]),
            buckets={month: _key(key) for month, key in held["buckets"].items()},
            destroyed=frozenset(held["destroyed"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        # Not chained: the cause would carry the text, and with it the keys, into a log.
        raise ServerKeysMissing(
            "the server keys (SERVER_KEYS) cannot be read; restore them from where you keep them"
        ) from None


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != kernel.KEY_BYTES:
        raise ValueError("a server key has 32 bytes")
    return key


def _first(path: Path) -> ServerKeys:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _only_one(path):
        if not path.exists():
            if database_is_in_use():
                raise ServerKeysMissing(
                    f"The server keys are missing ({path}), but this database was sealed with them. "
                    "Restore that file, or point SERVER_KEYS to it. New keys would make everything sealed unreadable."
                )
            _write(path, ServerKeys(kernel.random_key(), kernel.random_key(), {}, frozenset()))
    return _read(path)


def database_is_in_use() -> bool:
    tables = connection.introspection.table_names()
    return any(
        model._meta.db_table in tables and model.objects.exists()  # noqa: SLF001 - the documented name in Django
        for model in (KeyPair, Mailbox)
    )


@contextmanager
def _changing() -> Iterator[tuple[Path, ServerKeys]]:
    current()
    source = str(settings.SERVER_KEYS)
    if source.startswith("{"):
        raise ServerKeysMissing("the server keys come from the environment: add or remove the month's bucket there")
    with _only_one(Path(source)):
        yield Path(source), _read(Path(source))


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """Let one process at a time make or change the file."""
    with os.fdopen(os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, keys: ServerKeys) -> None:
    """Replace the file whole: after a power cut it is the old one or the new one."""
    draft = path.with_name(f"{path.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(written(keys))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
