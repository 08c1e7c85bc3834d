"""People of a demonstration: accounts with confirmed addresses and keys, as after a first sign-in."""

from datetime import datetime
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from ithaca.records.members.models import User
from ithaca.tools.vault import recovery, slots
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.slots import SlotKind


def nobody_yet() -> bool:
    """Say whether nobody has an account here."""
    return not User.objects.exists()


def make_account(name: str, email: str, password: str | None, at: datetime) -> User:
    """Make an account with a confirmed address. Without a password nobody can sign in to it."""
    user = User.objects.create_user(email, None, name=name, joined_at=at)
    if password is not None:
        user.password = _hashed(password)
        user.save(update_fields=["password"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_keys(user: User, password: str | None, at: datetime) -> Keyring:
    """Make the account's keys. Without a password they hang on a code that nobody keeps.

    That costs no stretching of a password, which would take eighty people half a minute.
    """
    if password is None:
        return Keyring(slots.enrol(user.pk, recovery.new_code(), at, SlotKind.RECOVERY))
    return Keyring(slots.enrol(user.pk, password, at))


_hashed = cache(make_password)
"""One password serves everybody in a demonstration, so it is stretched for signing in only once."""
