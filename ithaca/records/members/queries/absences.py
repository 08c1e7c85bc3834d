"""Reading who of a team is away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ithaca.records.members.models import User
from ithaca.records.members.queries.appointments import Colleague
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries import absences


@dataclass(frozen=True, slots=True)
class AbsenceNote:
    """Whom members will not reach, until when, and who answers meanwhile; first names."""

    scheme: str
    name: str
    last_day: date
    instead: tuple[str, ...]


def nobody_there(colleagues: Iterable[Colleague], today: date) -> tuple[date, date] | None:
    """Return the first and last of the next days on which everyone in the team is away; None if there are none."""
    away = [
        {first + timedelta(days=n) for _pk, first, last in one.absences for n in range((last - first).days + 1)}
        for one in colleagues
    ]
    everyone = sorted(day for day in set.intersection(*away) if day >= today) if away else []
    together = [day for number, day in enumerate(everyone) if day == everyone[0] + timedelta(days=number)]
    return (together[0], together[-1]) if together else None


def notes(schemes: Iterable[UUID]) -> list[AbsenceNote]:
    """Who is away today in these schemes; one query while everybody is there."""
    found = absences.absences_today(schemes)
    people = User.objects.in_bulk({person for absence in found for person in (absence.person, *absence.instead)})
    names = dict(Scheme.objects.filter(pk__in={absence.scheme for absence in found}).values_list("pk", "name"))

    def called(person: UUID) -> str:
        return people[person].get_short_name() if person in people else ""

    return [
        AbsenceNote(
            names[absence.scheme],
            called(absence.person),
            absence.last_day,
            tuple(called(person) for person in absence.instead),
        )
        for absence in found
    ]
