"""When someone of a scheme's team is away."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ithaca.records.schemes.models import Absence, Scheme


class Overlap(Exception):
    """They are away then already."""


@transaction.atomic
def announce(scheme: Scheme, first_day: date, last_day: date, *, actor: UUID, at: datetime, form: UUID) -> Absence:
    """Record when someone is away: emails go to those who are there, and members see it. Raises Overlap."""
    _lock(scheme)
    made = Absence.objects.filter(pk=form, person=actor).first()
    if made is not None:
        return made
    theirs = Absence.objects.filter(scheme=scheme, person=actor)
    if theirs.filter(Q(first_day__lte=last_day) & Q(last_day__gte=first_day)).exists():
        raise Overlap
    return Absence.objects.create(id=form, scheme=scheme, person=actor, first_day=first_day, last_day=last_day)


def cancel(scheme: Scheme, absence: UUID, *, actor: UUID) -> None:
    """Take one's own absence back. Twice is as once."""
    Absence.objects.filter(pk=absence, scheme=scheme, person=actor).delete()


def _lock(scheme: Scheme) -> None:
    Scheme.objects.select_for_update().get(pk=scheme.pk)
