"""Reading who of a scheme's team is away, and who answers meanwhile."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from ithaca.records.schemes.models import Absence, Appointment, Scheme
from ithaca.records.schemes.queries.appointments import COORDINATING, in_duty, team_of

DEPUTY = Appointment.Duty.DEPUTY


@dataclass(frozen=True, slots=True)
class AbsenceToday:
    """Someone of a scheme is away to a last day; `instead` answer meanwhile."""

    scheme: UUID
    person: UUID
    last_day: date
    instead: tuple[UUID, ...]


def absences_of(scheme: Scheme) -> list[Absence]:
    """Absences that are not over, the next first."""
    return list(Absence.objects.filter(scheme=scheme, last_day__gte=timezone.localdate()).order_by("first_day", "pk"))


def on_duty(scheme: Scheme, but: Collection[UUID] = ()) -> list[UUID]:
    """Who hears of what is to be done: those who are there; the deputies when nobody is; all when there is none.

    `but` are those whom the matter is about: nobody handles their own.
    """
    duties = [(row.person, row.duty) for row in team_of(scheme) if row.person not in but]
    away = _away_on(timezone.localdate(), [scheme.pk]) if duties else {}
    present = [person for person, _duty in duties if (scheme.pk, person) not in away]
    return present or [person for person, duty in duties if duty == DEPUTY] or [person for person, _duty in duties]


def absences_today(schemes: Iterable[UUID]) -> list[AbsenceToday]:
    """Who of these schemes' teams is away today, and who answers meanwhile; one query while everybody is there."""
    away = _away_on(timezone.localdate(), schemes)
    if not away:
        return []
    there: dict[UUID, list[UUID]] = {scheme: [] for scheme, _person in away}
    team = in_duty().filter(scheme__in=there, duty__in=COORDINATING).order_by("duty", "since", "pk")
    duties = [(row.scheme_id, row.person) for row in team]
    for scheme, person in duties:
        if (scheme, person) not in away and person not in there[scheme]:
            there[scheme].append(person)
    return [
        AbsenceToday(scheme, person, last_day, tuple(there[scheme]))
        for (scheme, person), last_day in away.items()
        if (scheme, person) in duties
    ]


def _away_on(day: date, schemes: Iterable[UUID]) -> dict[tuple[UUID, UUID], date]:
    """Who is away on a day: (scheme, person) and their last day."""
    rows = Absence.objects.filter(scheme__in=list(schemes), first_day__lte=day, last_day__gte=day)
    return {(scheme, person): last for scheme, person, last in rows.values_list("scheme", "person", "last_day")}
