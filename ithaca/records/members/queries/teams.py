"""A scheme's team by name: who is there, who is away, who holds its key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ithaca.records.members.models import User
from ithaca.records.schemes import presence
from ithaca.records.schemes.models import Appointment, Scheme
from ithaca.tools.ledger.queries import steps_of
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


@dataclass(frozen=True, slots=True)
class Holding:
    """How the scheme's key stands. `left` are people who have left and hold it still; `stale` says that one had it."""

    is_open: bool
    team: tuple[Colleague, ...]
    left: tuple[str, ...]
    stale: bool

    @property
    def holders(self) -> int:
        return sum(colleague.holds for colleague in self.team)

    @property
    def only_one(self) -> bool:
        return self.is_open and self.holders < 2

    @property
    def without(self) -> bool:
        """Is there one with keys of their own whom the scheme's could be shared with?"""
        return any(colleague.has_keys and not colleague.holds for colleague in self.team)

    @property
    def can_renew(self) -> bool:
        """Are there two who could hold a new one?"""
        return sum(colleague.has_keys for colleague in self.team) >= 2


@dataclass(frozen=True, slots=True)
class AwayNote:
    """Whom members will not reach, until when, and who answers meanwhile; first names."""

    scheme: str
    name: str
    last_day: date
    instead: tuple[str, ...]


def team(scheme: Scheme) -> list[Colleague]:
    """Everyone who coordinates or deputises today."""
    rows = presence.team_of(scheme)
    people = User.objects.in_bulk([row.person for row in rows])
    enrolled, holders = directory.enrolled_among(people), grants.holders_of(scheme.pk)
    away = presence.absences_of(scheme)
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


def nobody_there(colleagues: Iterable[Colleague], today: date) -> tuple[date, date] | None:
    """The first days from today on which everyone of the team is away, first and last; None when there are none."""
    away = [
        {first + timedelta(days=n) for _pk, first, last in one.absences for n in range((last - first).days + 1)}
        for one in colleagues
    ]
    everyone = sorted(day for day in set.intersection(*away) if day >= today) if away else []
    together = [day for number, day in enumerate(everyone) if day == everyone[0] + timedelta(days=number)]
    return (together[0], together[-1]) if together else None


def mediators(scheme: Scheme) -> list[tuple[Appointment, User]]:
    """Those who help two people of the scheme to talk today."""
    rows = presence.mediators_of_team(scheme)
    people = User.objects.in_bulk([row.person for row in rows])
    return [(row, people[row.person]) for row in rows if row.person in people]


def holding(scheme: Scheme) -> Holding:
    """Who holds the scheme's key, and whether somebody has left who did."""
    colleagues = team(scheme)
    left = grants.holders_of(scheme.pk) - {colleague.person for colleague in colleagues}
    acts = [step.act for step in steps_of("scheme", [scheme.pk]) if step.act in ("lose_holder", "renew_key")]
    return Holding(
        is_open=bool(directory.addresses_of(scheme.pk)),
        team=tuple({colleague.person: colleague for colleague in colleagues}.values()),
        left=tuple(User.objects.filter(pk__in=left).order_by("name").values_list("name", flat=True)),
        stale=bool(left) or acts[-1:] == ["lose_holder"],
    )


def away_notes(schemes: Iterable[UUID]) -> list[AwayNote]:
    """Who is away today in these schemes; one query while everybody is there."""
    found = presence.absences_today(schemes)
    people = User.objects.in_bulk({person for absence in found for person in (absence.person, *absence.instead)})
    names = dict(Scheme.objects.filter(pk__in={absence.scheme for absence in found}).values_list("pk", "name"))

    def called(person: UUID) -> str:
        return people[person].get_short_name() if person in people else ""

    return [
        AwayNote(
            names[absence.scheme],
            called(absence.person),
            absence.last_day,
            tuple(called(person) for person in absence.instead),
        )
        for absence in found
    ]
