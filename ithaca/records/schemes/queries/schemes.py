"""Reading schemes: these are public."""

from collections.abc import Iterable
from uuid import UUID

from ithaca.records.schemes.models import AgreementTemplate, Scheme


def open_schemes() -> list[Scheme]:
    return list(Scheme.objects.filter(is_open=True))


def by_slug(slug: str) -> Scheme | None:
    return Scheme.objects.filter(slug=slug, is_open=True).first()


def agreement_of(scheme: Scheme) -> AgreementTemplate:
    """Return the newest agreement text of the scheme."""
    return AgreementTemplate.objects.filter(scheme=scheme).latest("version")


def named(schemes: Iterable[UUID]) -> list[Scheme]:
    """Return these schemes, sorted by name."""
    return list(Scheme.objects.filter(pk__in=list(schemes)))
