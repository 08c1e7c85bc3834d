"""Saying who works for a scheme."""

from datetime import date
from uuid import UUID

from ithaca.records.schemes.models import Appointment, Scheme


def appoint(scheme: Scheme, person: UUID, duty: Appointment.Duty, since: date) -> None:
    """Say that someone works for the scheme from a day on. Twice is as once."""
    Appointment.objects.get_or_create(scheme=scheme, person=person, duty=duty, defaults={"since": since})
