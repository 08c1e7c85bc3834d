"""Reading who works for a scheme, by name."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ithaca.records.members.models import User
from ithaca.records.schemes.models import Appointment, Scheme
from ithaca.records.schemes.queries import absences as absence_queries
from ithaca.records.schemes.queries import appointments
from ithaca.tools.vault import directory, grants


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone of the team: since when and as what, when they are away, and whether they have keys and hold ours."""

    appointment: UUID
    person: UUID
    name: str
    email: str
    is_deputy: bool
    since: date
    absences: tuple[tuple[UUID, date, date], ...]
    has_keys: bool
    holds: bool


def team(scheme: Scheme) -> list[Colleague]:
    """Everyone who coordinates or deputises today."""
    rows = appointments.team_of(scheme)
    people = User.objects.in_bulk([row.person for row in rows])
    enrolled, holders = directory.enrolled_among(people), grants.holders_of(scheme.pk)
    away = absence_queries.absences_of(scheme)
    return [
        Colleague(
            appointment=row.pk,
            person=row.person,
            name=people[row.person].name,
            email=people[row.person].email,
            is_deputy=row.duty == Appointment.Duty.DEPUTY,
            since=row.since,
            absences=tuple((one.pk, one.first_day, one.last_day) for one in away if one.person == row.person),
            has_keys=row.person in enrolled,
            holds=row.person in holders,
        )
        for row in rows
        if row.person in people
    ]


def mediators(scheme: Scheme) -> list[tuple[Appointment, User]]:
    """Those who help two people of the scheme to talk today."""
    rows = appointments.mediators_of_team(scheme)
    people = User.objects.in_bulk([row.person for row in rows])
    return [(row, people[row.person]) for row in rows if row.person in people]
