"""Reading who works for a scheme."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from ithaca.records.schemes.models import Appointment, Scheme
from ithaca.tools.vault import directory

COORDINATING = (Appointment.Duty.COORDINATOR, Appointment.Duty.DEPUTY)


def coordinated_by(person: UUID) -> frozenset[UUID]:
    """Return the schemes whose coordinator or deputy this person is today."""
    return frozenset(in_duty().filter(person=person).values_list("scheme_id", flat=True))


def coordinators_of(scheme: Scheme) -> list[UUID]:
    """Who coordinates this scheme today, coordinators before deputies."""
    return list(in_duty().filter(scheme=scheme).order_by("duty", "since").values_list("person", flat=True))


def coordinators_with_keys(scheme: Scheme) -> set[UUID]:
    """Those who coordinate this scheme today and with whom a key can be shared."""
    return directory.enrolled_among(coordinators_of(scheme))


def in_duty() -> QuerySet[Appointment]:
    """Return the coordinators' and deputies' appointments that are in force today."""
    return appointed(*COORDINATING)


def mediators_of(scheme: Scheme) -> list[UUID]:
    """Those who may help two people of this scheme to talk, as far as the two are not their own affair."""
    return list(appointed(Appointment.Duty.MEDIATOR).filter(scheme=scheme).values_list("person", flat=True))


def mediated_by(person: UUID) -> list[UUID]:
    """Return the schemes whose mediator this person is today."""
    return list(appointed(Appointment.Duty.MEDIATOR).filter(person=person).values_list("scheme_id", flat=True))


def appointed(*duties: Appointment.Duty) -> QuerySet[Appointment]:
    """Return the appointments to any of these duties that are in force today."""
    today = timezone.localdate()
    current = Q(until=None) | Q(until__gte=today)
    return Appointment.objects.filter(current, since__lte=today, duty__in=duties)


def team_of(scheme: Scheme) -> list[Appointment]:
    """Who coordinates and who deputises today, coordinators first, those longest there first."""
    return list(in_duty().filter(scheme=scheme).order_by("duty", "since", "pk"))


def mediators_of_team(scheme: Scheme) -> list[Appointment]:
    """Who helps two people of the scheme to talk today, those longest there first."""
    return list(appointed(Appointment.Duty.MEDIATOR).filter(scheme=scheme).order_by("since", "pk"))


def coordinates(scheme: Scheme, person: UUID) -> bool:
    """Tell whether this person is a coordinator today, not a deputy."""
    return in_duty().filter(scheme=scheme, person=person, duty=Appointment.Duty.COORDINATOR).exists()
