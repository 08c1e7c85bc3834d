"""Reading schemes: these are public, but for who works for them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from ithaca.records.schemes.models import AgreementTemplate, Appointment, Scheme
from ithaca.tools.vault import directory

COORDINATING = (Appointment.Duty.COORDINATOR, Appointment.Duty.DEPUTY)


def open_schemes() -> list[Scheme]:
    return list(Scheme.objects.filter(is_open=True))


def by_slug(slug: str) -> Scheme | None:
    return Scheme.objects.filter(slug=slug, is_open=True).first()


def coordinated_by(person: UUID) -> frozenset[UUID]:
    """The schemes whose coordinator or deputy this person is today."""
    return frozenset(_in_duty().filter(person=person).values_list("scheme_id", flat=True))


def coordinators_of(scheme: Scheme) -> list[UUID]:
    """Who coordinates this scheme today, coordinators before deputies."""
    return list(_in_duty().filter(scheme=scheme).order_by("duty", "since").values_list("person", flat=True))


def coordinators_with_keys(scheme: Scheme) -> set[UUID]:
    """Those who coordinate this scheme today and with whom a key can be shared."""
    return directory.enrolled_among(coordinators_of(scheme))


def has_mailbox(scheme: Scheme) -> bool:
    """Whether visitors can write to the scheme: something can be sealed to it."""
    return bool(directory.addresses_of(scheme.pk))


def agreement_of(scheme: Scheme) -> AgreementTemplate:
    """The newest agreement text of the scheme."""
    return AgreementTemplate.objects.filter(scheme=scheme).latest("version")


def _in_duty() -> QuerySet[Appointment]:
    today = timezone.localdate()
    current = Q(until=None) | Q(until__gte=today)
    return Appointment.objects.filter(current, since__lte=today, duty__in=COORDINATING)


def named(schemes: Iterable[UUID]) -> list[Scheme]:
    """These schemes, by name."""
    return list(Scheme.objects.filter(pk__in=list(schemes)))
