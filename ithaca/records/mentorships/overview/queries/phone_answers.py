"""Reading the answers that a coordinator recorded by phone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ithaca.records.members.models import User
from ithaca.tools.ledger.queries import steps_of

PREFIX = "by_phone_"


@dataclass(frozen=True, slots=True)
class PhoneAnswer:
    """An answer by telephone: which, when, and who recorded it."""

    answer: str
    at: datetime
    recorded_by: str


def phone_answers_of(noun: str, pk: UUID) -> list[PhoneAnswer]:
    """Everything that was recorded of this record, the oldest first."""
    steps = [step for step in steps_of(noun, [pk]) if step.act.startswith(PREFIX)]
    names = dict(User.objects.filter(pk__in={step.actor for step in steps if step.actor}).values_list("pk", "name"))
    return [
        PhoneAnswer(step.act.removeprefix(PREFIX), step.at, names.get(step.actor, "") if step.actor else "")
        for step in steps
    ]
