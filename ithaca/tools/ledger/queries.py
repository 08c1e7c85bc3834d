"""Reading the ledger."""

from collections.abc import Iterable
from uuid import UUID

from ithaca.tools.ledger.models import Step


def steps_of(noun: str, subjects: Iterable[UUID]) -> list[Step]:
    """Return the steps of these records, oldest first."""
    return list(Step.objects.filter(noun=noun, subject__in=list(subjects)))
