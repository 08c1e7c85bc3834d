"""Opening a scheme's mailbox: the key to which enquiries are sealed."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from ithaca.records.schemes.models import Scheme
from ithaca.tools.vault import directory
from ithaca.tools.vault.keyring import Keyring


@transaction.atomic
def open_mailbox(scheme: Scheme, keyring: Keyring, others: Iterable[UUID]) -> None:
    """Make the key to which enquiries are sealed, for its maker and others, so that it never hangs on one person.

    Twice is as once. Raises ValueError without another holder, NotEnrolled when one of them has no keys yet.
    """
    holders = set(others) - {keyring.owner}
    if not holders:
        raise ValueError("a scheme's mailbox has two holders at least")
    Scheme.objects.select_for_update().get(pk=scheme.pk)
    if not directory.addresses_of(scheme.pk):
        keyring.make_mailbox(scheme.pk, holders)
