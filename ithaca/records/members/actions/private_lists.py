"""A person's own list of people to avoid, and the marks that keep such pairs from being made."""

from django.db import transaction

from ithaca.records.members.models import Exclusion, PrivateList, User
from ithaca.records.members.private_lists import Entry, to_json
from ithaca.records.members.queries.exclusions import mark
from ithaca.records.members.queries.private_lists import accounts_named, entries_of
from ithaca.tools.vault.keyring import Keyring


@transaction.atomic
def add(user: User, keyring: Keyring, entry: Entry) -> None:
    """Keep an entry, once: its `id` is the form's."""
    entries = _locked(user, keyring)
    if any(kept.id == entry.id for kept in entries):
        return
    entry = entry.recognising(accounts_named(entry))
    _keep(user, keyring, (*entries, entry))
    marks = [Exclusion(fingerprint=mark(user.pk, name)) for name in sorted(entry.names)]
    Exclusion.objects.bulk_create(marks, ignore_conflicts=True)


@transaction.atomic
def remove(user: User, keyring: Keyring, entry_id: str) -> None:
    """Take an entry out, with those of its marks that no other entry of the list needs."""
    entries = _locked(user, keyring)
    rest = tuple(entry for entry in entries if entry.id != entry_id)
    _keep(user, keyring, rest)
    gone = {name for entry in entries if entry.id == entry_id for name in entry.names}
    needed = {name for entry in rest for name in entry.names}
    Exclusion.objects.filter(fingerprint__in=[mark(user.pk, name) for name in gone - needed]).delete()


def _locked(user: User, keyring: Keyring) -> tuple[Entry, ...]:
    """Read the list and let nobody else change it until the transaction ends."""
    User.objects.select_for_update().get(pk=user.pk)
    return entries_of(user.pk, keyring)


def start_again(user: User, keyring: Keyring) -> None:
    """Give someone who has lost their key an empty list. The marks of the old one go on keeping people apart."""
    if PrivateList.objects.filter(user=user).exists():
        _keep(user, keyring, ())


def _keep(user: User, keyring: Keyring, entries: tuple[Entry, ...]) -> None:
    """Seal the list. An empty one is kept too: that there is a list says whose marks are to be compared."""
    row = PrivateList(user=user)
    row.entries = PrivateList.entries.seal(row, to_json(entries), keyring)
    PrivateList.objects.update_or_create(user=user, defaults={"entries": row.entries})
