"""Opening a scheme."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from ithaca.records.schemes.actions.signposts import put_up
from ithaca.records.schemes.models import AgreementTemplate, Scheme
from ithaca.records.schemes.presets import Preset


@transaction.atomic
def open_scheme(preset: Preset, contact_email: str, since: date, contact_phone: str = "") -> Scheme:
    """Open a scheme from a preset, with the first version of its agreement."""
    columns = asdict(preset)
    clauses = columns.pop("clauses")
    scheme = Scheme.objects.create(contact_email=contact_email, contact_phone=contact_phone, **columns)
    AgreementTemplate.objects.create(scheme=scheme, version=1, clauses=clauses, since=since)
    put_up(scheme.name, contact_email, since)
    return scheme
