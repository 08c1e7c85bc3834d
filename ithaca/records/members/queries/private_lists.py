"""Reading a person's own list of people to avoid."""

from uuid import UUID

from ithaca.records.members.models import Membership, PrivateList, User
from ithaca.records.members.private_lists import Entry, from_json, plain_name
from ithaca.tools.vault.keyring import Keyring


def entries_of(user: UUID, keyring: Keyring) -> tuple[Entry, ...]:
    """Return a person's own list, which their own keys alone open."""
    row = PrivateList.objects.filter(user=user).first()
    return () if row is None else from_json(PrivateList.entries.unseal(row, keyring))


def accounts_named(entry: Entry) -> tuple[str, ...]:
    """Return the accounts that answer to an entry today."""
    found = set(User.objects.filter(email=entry.email.lower()).values_list("pk", flat=True)) if entry.email else set()
    if entry.name and entry.organisation:
        members = Membership.objects.filter(organisation=entry.organisation).values_list("user", "user__name")
        found |= {user for user, name in members if plain_name(name) == plain_name(entry.name)}
    return tuple(sorted(str(user) for user in found))
