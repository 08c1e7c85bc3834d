"""Opening a scheme, and saying who works for it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import transaction

from ithaca.records.schemes.models import AgreementTemplate, Appointment, Scheme
from ithaca.records.schemes.presets import Preset
from ithaca.tools.vault import directory
from ithaca.tools.vault.keyring import Keyring


@transaction.atomic
def open_scheme(preset: Preset, contact_email: str, since: date) -> Scheme:
    """Open a scheme from a preset, with the first version of its agreement."""
    columns = asdict(preset)
    clauses = columns.pop("clauses")
    scheme = Scheme.objects.create(contact_email=contact_email, **columns)
    AgreementTemplate.objects.create(scheme=scheme, version=1, clauses=clauses, since=since)
    return scheme


def appoint(scheme: Scheme, person: UUID, duty: Appointment.Duty, since: date) -> None:
    """Say that someone works for the scheme from a day on. Twice is as once."""
    Appointment.objects.get_or_create(scheme=scheme, person=person, duty=duty, defaults={"since": since})


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
