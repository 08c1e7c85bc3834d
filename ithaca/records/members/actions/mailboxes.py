"""The key of a scheme's mailbox, which has two holders at least."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.appointments import coordinators_with_keys
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.vault import directory, grants
from ithaca.tools.vault.keyring import Keyring


class TooFew(Exception):
    """It takes two with keys of their own."""


@transaction.atomic
def share_key(scheme: Scheme, keyring: Keyring, person: UUID, *, at: datetime, form: UUID) -> bool:
    """Give a colleague the scheme's key, as far as one holds it oneself. Raises TooFew, NotGranted, NotEnrolled."""
    _lock(scheme)
    if ledger.handled(form, "scheme", scheme.pk, "share_key"):
        return False
    if person not in coordinators_with_keys(scheme):
        raise TooFew
    keyring.share_mailbox(scheme.pk, person)
    _note(scheme, "share_key", keyring.owner, at, form)
    return True


@transaction.atomic
def renew_key(scheme: Scheme, keyring: Keyring, *, at: datetime, form: UUID) -> bool:
    """Make the next key of the mailbox, for the team as it is today; whoever has left reads nothing from now on.

    Raises TooFew when it would have one holder, NotGranted when one does not hold the present one.
    """
    _lock(scheme)
    if ledger.handled(form, "scheme", scheme.pk, "renew_key"):
        return False
    holders = coordinators_with_keys(scheme) | {keyring.owner}
    if len(holders) < 2 or not directory.addresses_of(scheme.pk):
        raise TooFew
    keyring.make_mailbox(scheme.pk, holders)
    for left in grants.holders_of(scheme.pk) - holders:
        grants.destroy_grant(scheme.pk, left)
    _note(scheme, "renew_key", keyring.owner, at, form)
    return True


def _lock(scheme: Scheme) -> None:
    Scheme.objects.select_for_update().get(pk=scheme.pk)


def _note(scheme: Scheme, act: str, actor: UUID, at: datetime, form: UUID | None = None) -> None:
    ledger.record("scheme", scheme.pk, act, by=Party.COORDINATOR, at=at, actor=actor, form=form)
