"""Reading schemes: these are public, but for who works for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from ithaca.records.schemes.models import AgreementTemplate, Appointment, PublishedWait, Scheme, Signpost
from ithaca.tools.vault import directory

COORDINATING = (Appointment.Duty.COORDINATOR, Appointment.Duty.DEPUTY)


def open_schemes() -> list[Scheme]:
    return list(Scheme.objects.filter(is_open=True))


def by_slug(slug: str) -> Scheme | None:
    return Scheme.objects.filter(slug=slug, is_open=True).first()


def coordinated_by(person: UUID) -> frozenset[UUID]:
    """Return the schemes whose coordinator or deputy this person is today."""
    return frozenset(in_duty().filter(person=person).values_list("scheme_id", flat=True))


def coordinators_of(scheme: Scheme) -> list[UUID]:
    """Who coordinates this scheme today, coordinators before deputies."""
    return list(in_duty().filter(scheme=scheme).order_by("duty", "since").values_list("person", flat=True))


def coordinators_with_keys(scheme: Scheme) -> set[UUID]:
    """Those who coordinate this scheme today and with whom a key can be shared."""
    return directory.enrolled_among(coordinators_of(scheme))


def has_mailbox(scheme: Scheme) -> bool:
    """Whether visitors can write to the scheme: something can be sealed to it."""
    return bool(directory.addresses_of(scheme.pk))


def agreement_of(scheme: Scheme) -> AgreementTemplate:
    """Return the newest agreement text of the scheme."""
    return AgreementTemplate.objects.filter(scheme=scheme).latest("version")


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


def named(schemes: Iterable[UUID]) -> list[Scheme]:
    """Return these schemes, sorted by name."""
    return list(Scheme.objects.filter(pk__in=list(schemes)))


@dataclass(frozen=True, slots=True)
class Sign:
    """A signpost on one day; `overdue` when its owner ought to have looked at it again by then.

    `nation` in words, empty for all.
    """

    pk: UUID
    kind: str
    kind_words: str
    name: str
    what: str
    url: str
    telephone: str
    nation: str
    overdue: bool

    @property
    def dial(self) -> str:
        """The number as a telephone wants it."""
        return "".join(mark for mark in self.telephone if mark.isdecimal() or mark == "+")


def signposts_for(profession: str, nation: str, scheme: Scheme | None, on: date) -> list[Sign]:
    """Return the signposts for someone of this profession in this nation, the most urgent kind first.

    An empty profession or nation asks for those of every one; without a scheme, only those that belong to none.
    """
    found = _standing().filter(Q(scheme=None) | Q(scheme=scheme))
    for name, value in (("profession", profession), ("nation", nation)):
        if value:
            found = found.filter(**{f"{name}__in": ["", value]})
    return [_sign(row, on) for row in sorted(found, key=_by_kind)]


def signposts_named(pks: Iterable[UUID], on: date) -> list[Sign]:
    """Return these signposts, except any that has been taken down since."""
    return [_sign(row, on) for row in sorted(_standing().filter(pk__in=list(pks)), key=_by_kind)]


def signposts_to_review(scheme: Scheme, on: date) -> list[Signpost]:
    """Return the scheme's signposts that nobody has checked in time, the longest overdue first."""
    return [row for row in signposts_of(scheme) if row.review_on <= on]


def signposts_of(scheme: Scheme) -> list[Signpost]:
    """Every signpost that this scheme shows, the next to be looked at first."""
    theirs = Q(profession="") | Q(profession__in=scheme.professions)
    shown = _standing().filter(theirs, Q(scheme=None) | Q(scheme=scheme))
    return list(shown.order_by("review_on", "name", "nation"))


def waits_of(scheme: Scheme) -> dict[str, PublishedWait]:
    """How long people of each profession have waited, as it is said, by the code of the profession."""
    return {row.profession: row for row in PublishedWait.objects.filter(scheme=scheme)}


def _standing() -> QuerySet[Signpost]:
    return Signpost.objects.filter(live=True)


def _by_kind(row: Signpost) -> tuple[int, str, str]:
    return Signpost.Kind.values.index(row.kind), row.name, row.nation


def _sign(row: Signpost, on: date) -> Sign:
    kind, nation = row.get_kind_display(), row.get_nation_display() if row.nation else ""
    late = row.review_on <= on
    return Sign(row.pk, row.kind, kind, row.name, row.what, row.url, row.telephone, nation, overdue=late)
