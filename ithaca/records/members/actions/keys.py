"""A person's own keys: made at the first sign-in, opened at each, kept through a change of password.

Nobody but the person can do any of this: every function needs one of their secrets, or their open keyring.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ithaca.records.members.actions import private_lists
from ithaca.records.members.emails.accounts import new_key_asked
from ithaca.records.members.emails.addressing import person
from ithaca.records.members.models import User
from ithaca.tools.post import outbox
from ithaca.tools.vault import directory, recovery, slots, unlocking
from ithaca.tools.vault.errors import AlreadyMade, Tampered, WrongSecret
from ithaca.tools.vault.keyless import seal_as_text, unseal_as_text
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.slots import SlotKind, UserKey
from ithaca.tools.vault.unlocking import Unlocked

_PAGE = "user.proposed_recovery_code"
NEW_KEY_AFTER = timedelta(hours=24)
"""How long whoever owns the old key has to stop a new one: the password alone may be a thief's, by way of the mail."""
NEW_KEY_WITHIN = timedelta(days=7)
"""How long after it was asked for a new key can be made; then it has to be asked for again."""


class TooEarly(Exception):
    """A new key was not asked for, or not long enough ago, or too long ago, or it was stopped."""


def hold(user: User, password: str, at: datetime) -> str | None:
    """Seal what the password comes to, for the few minutes until sign-in is complete; None if it can't serve."""
    try:
        return slots.hold(user.pk, password, at)
    except Tampered:
        return None


def open_held(user: User, held: str, at: datetime) -> Unlocked | None:
    """Open the person's key, or make it at their first sign-in; None when the password is not the key's."""
    stretched = slots.take(user.pk, held, at)
    if stretched is None:
        return None
    try:
        if directory.enrolled(user.pk):
            uk = slots.open_with(user.pk, SlotKind.PASSWORD, stretched)
        else:
            uk = slots.enrol(user.pk, stretched, at)
    except (WrongSecret, Tampered, AlreadyMade):
        return None
    return _opened(user, uk, at)


def unlock(user: User, password: str, at: datetime) -> Unlocked:
    """Open the person's key by the password they sign in with. Raises WrongSecret."""
    if not directory.enrolled(user.pk):
        if not user.check_password(password):
            raise WrongSecret("not the password")
        return unlocking.begin(user.pk, slots.enrol(user.pk, password, at), at)
    return _opened(user, slots.open_with(user.pk, SlotKind.PASSWORD, password), at)


def recover(user: User, secret: str, password: str, at: datetime) -> Unlocked:
    """Open the key by a recovery code or an earlier password, and put it under the password of today.

    Raises WrongSecret: the secret opens nothing, or `password` is not the one they sign in with.
    """
    if not user.check_password(password):
        raise WrongSecret("not the password of today")
    try:
        uk = slots.open_with(user.pk, SlotKind.RECOVERY, secret)
    except WrongSecret:
        uk = slots.open_with(user.pk, SlotKind.PASSWORD, secret)
    with transaction.atomic():
        slots.change_password(user.pk, uk, password)
        return _opened(user, uk, at)


@transaction.atomic
def ask_for_new_key(user: User, password: str, path: str, at: datetime) -> None:
    """Ask to start again; it can be done a day later. An email says so, and links to `path`, where it can be stopped.

    Asking again while it waits changes nothing. Raises WrongSecret.
    """
    if not user.check_password(password):
        raise WrongSecret("not the password")
    user.refresh_from_db(from_queryset=User.objects.select_for_update())
    if new_key_from(user, at) is None:
        user.new_key_asked_at = at
        user.save(update_fields=["new_key_asked_at"])
        outbox.put(new_key_asked(person(user), timezone.localdate(at + NEW_KEY_AFTER), path), at)


def new_key_from(user: User, at: datetime) -> datetime | None:
    """From when the person may begin again; None when it was not asked for, or too long ago."""
    asked = user.new_key_asked_at
    return None if asked is None or at > asked + NEW_KEY_WITHIN else asked + NEW_KEY_AFTER


def stop_new_key(user: User) -> None:
    """Keep the old key: what was asked for is not done."""
    user.new_key_asked_at = None
    user.save(update_fields=["new_key_asked_at"])


@transaction.atomic
def start_again(user: User, password: str, at: datetime) -> Unlocked:
    """Give up everything the old key opens, and begin a new one, a day after it was asked for.

    Raises WrongSecret, and TooEarly.
    """
    if not user.check_password(password):
        raise WrongSecret("not the password")
    user.refresh_from_db(from_queryset=User.objects.select_for_update())
    may_from = new_key_from(user, at)
    if may_from is None or at < may_from:
        raise TooEarly
    uk = slots.start_again(user.pk, password, at)
    private_lists.start_again(user, Keyring(uk))
    return _opened(user, uk, at)


def _opened(user: User, uk: UserKey, at: datetime) -> Unlocked:
    """Begin a session with the open key. Whoever can open it needs no new one: that is stopped."""
    if user.new_key_asked_at is not None:
        stop_new_key(user)
    return unlocking.begin(user.pk, uk, at)


def follow_password(user: User, keyring: Keyring | None, old: str, new: str) -> bool:
    """Put the key under the new password; False when neither the keyring nor the old password opens it."""
    if not directory.enrolled(user.pk):
        return True
    try:
        uk = keyring.uk if keyring else slots.open_with(user.pk, SlotKind.PASSWORD, old)
    except WrongSecret:
        return False
    slots.change_password(user.pk, uk, new)
    stop_new_key(user)
    return True


def propose_recovery_code(user: User) -> tuple[str, str]:
    """Return a fresh code, and the same sealed for the page that shows it. It opens nothing before it is kept."""
    code = recovery.new_code()
    return code, seal_as_text(_PAGE, user.pk, code)


def proposed_recovery_code(user: User, sealed: str) -> str:
    """Return the code that a page has shown to this person. Raises Tampered."""
    return unseal_as_text(_PAGE, user.pk, sealed)


def is_part_of(typed: str, code: str) -> bool:
    """Say whether the end of the code was typed: its last two groups, or more of it."""
    part, whole = recovery.tidy(typed), recovery.tidy(code)
    return len(part) >= 8 and whole.endswith(part)


def keep_recovery_code(user: User, keyring: Keyring, code: str) -> None:
    """Let the code open the key from now on; the last one opens nothing any more."""
    slots.add_slot(user.pk, keyring.uk, SlotKind.RECOVERY, code)


def has_recovery_code(user: User) -> bool:
    return slots.has_slot(user.pk, SlotKind.RECOVERY)


def lock(token: str) -> None:
    """Close one browser's session."""
    unlocking.end(token)


def lock_everywhere(user: UUID, but: str | None = None) -> None:
    """Close the person's key in every browser, except the one with this token."""
    unlocking.end_all(user, but)


def resume(token: str, cookie: str, at: datetime, keep_open_until: datetime | None) -> Keyring | None:
    """Return the keyring of an unlocked browser session, or None."""
    return unlocking.resume(token, cookie, at, keep_open_until)
