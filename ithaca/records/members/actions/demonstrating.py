"""People of a demonstration: accounts with confirmed addresses and keys, as after a first sign-in."""

from datetime import datetime

from allauth.account.models import EmailAddress

from ithaca.records.members.models import User
from ithaca.tools.vault import recovery, slots
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.slots import SlotKind


def nobody_yet() -> bool:
    """Say whether nobody has an account here."""
    return not User.objects.exists()


def make_person(name: str, email: str, password: str | None, at: datetime) -> tuple[User, Keyring]:
    """Make an account and its keys. Without a password nobody can sign in to it: its keys hang on a forgotten code.

    That costs no stretching of a password, which would take eighty people half a minute.
    """
    user = User.objects.create_user(email, password, name=name, joined_at=at)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if password is None:
        return user, Keyring(slots.enrol(user.pk, recovery.new_code(), at, SlotKind.RECOVERY))
    return user, Keyring(slots.enrol(user.pk, password, at))
