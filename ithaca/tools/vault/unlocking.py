"""One unlocked browser session: the person's key, sealed under that browser's cookie and the pepper.

The row's times are bound to the seal, so nobody who writes to the database makes a session last longer.
"""

import base64
import binascii
import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from . import kernel, server_keys, slots
from .errors import Locked, Tampered
from .keyring import Keyring
from .models import Unlocking
from .slots import SlotKind, UserKey

IDLE = timedelta(minutes=20)
LONGEST = timedelta(hours=8)
NOTED_EVERY = timedelta(minutes=1)


class Unlocked(NamedTuple):
    """`token` is for the server's session, `cookie` (32 bytes as text) for a `__Host-` cookie; the row has neither."""

    token: str
    cookie: str


def begin(owner: UUID, uk: UserKey, at: datetime) -> Unlocked:
    """Keep the person's key open for this browser; raises Tampered when the key is not the owner's."""
    slots.owned(owner, uk.private)
    unlocked = Unlocked(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    row = Unlocking(id=_id(unlocked.token), owner=owner, opened_at=at, last_used_at=at, proved_at=at)
    row.sealed = _sealed(row, unlocked.cookie, uk)
    row.save(force_insert=True)
    return unlocked


def resume(token: str, cookie: str, at: datetime, keep_open_until: datetime | None = None) -> Keyring | None:
    """Return the keyring of an unlocked session, or None: never unlocked, idle for 20 minutes, 8 hours old, altered.

    Args:
        token: from the server's session.
        cookie: from the browser.
        at: now. The use is noted at most once a minute.
        keep_open_until: the end of a scheduled session of theirs that is near or running: from this use on, being idle
            does not lock before then. Eight hours remain the most.
    """
    row = Unlocking.objects.filter(pk=_id(token)).first()
    uk = None if row is None else _opened(row, cookie)
    if row is None or uk is None:
        return None
    if at > _closes_at(row):
        row.delete()
        return None
    until = max(filter(None, (row.open_until, keep_open_until)), default=None)
    if at - row.last_used_at >= NOTED_EVERY or until != row.open_until:
        _note(row, cookie, uk, last_used_at=max(at, row.last_used_at), open_until=until)
    return Keyring(uk, row.proved_at)


def prove(token: str, cookie: str, kind: SlotKind, secret: str, at: datetime) -> Keyring:
    """Ask for the secret again within an unlocked session, as export, disclosure and key changes do.

    Raises:
        WrongSecret: it does not open the key.
        Locked: the session is not unlocked.
    """
    keyring = resume(token, cookie, at)
    if keyring is None:
        raise Locked("not unlocked")
    slots.open_with(keyring.owner, kind, secret)
    with transaction.atomic():
        row = Unlocking.objects.select_for_update().filter(pk=_id(token)).first()
        if row is None:
            raise Locked("locked meanwhile")
        _note(row, cookie, keyring.uk, last_used_at=at, proved_at=at)
    return Keyring(keyring.uk, at)


def end(token: str) -> None:
    """Lock this browser's session: at sign-out, or when the person asks."""
    Unlocking.objects.filter(pk=_id(token)).delete()


def end_all(owner: UUID, but: str | None = None) -> None:
    """Lock every session of a person, but the one with this token: after a password change, or a suspicion."""
    rows = Unlocking.objects.filter(owner=owner)
    (rows if but is None else rows.exclude(pk=_id(but))).delete()


def sweep(at: datetime) -> int:
    """Delete the rows that can be resumed no more; return how many."""
    over = Q(opened_at__lt=at - LONGEST) | Q(last_used_at__lt=at - IDLE) & (Q(open_until=None) | Q(open_until__lt=at))
    return Unlocking.objects.filter(over).delete()[0]


def _closes_at(row: Unlocking) -> datetime:
    idle = row.last_used_at + IDLE
    return min(row.opened_at + LONGEST, idle if row.open_until is None else max(idle, row.open_until))


def _note(row: Unlocking, cookie: str, uk: UserKey, **times: datetime | None) -> None:
    """Write new times and the seal that goes with them, unless another request has just done so."""
    same_row = Unlocking.objects.filter(pk=row.pk, last_used_at=row.last_used_at, proved_at=row.proved_at)
    for name, value in times.items():
        setattr(row, name, value)
    same_row.update(**times, sealed=_sealed(row, cookie, uk))


def _sealed(row: Unlocking, cookie: str, uk: UserKey) -> bytes:
    return kernel.seal(_key(row, cookie), uk.private, _times(row))


def _opened(row: Unlocking, cookie: str) -> UserKey | None:
    try:
        return UserKey(row.owner, kernel.unseal(_key(row, cookie), bytes(row.sealed), _times(row)))
    except (Tampered, binascii.Error, ValueError):
        return None


def _key(row: Unlocking, cookie: str) -> bytes:
    half = base64.urlsafe_b64decode(cookie + "=")
    if len(half) != kernel.KEY_BYTES:
        raise Tampered("not such a cookie")
    salt = kernel.derive(server_keys.current().pepper, "unlocking")
    return kernel.derive(half, "unlocking", row.id, row.owner, salt=salt)


def _times(row: Unlocking) -> bytes:
    times = (row.opened_at, row.last_used_at, row.proved_at, row.open_until)
    return kernel.context("unlocking", *("" if time is None else time.astimezone(UTC).isoformat() for time in times))


def _id(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
