"""Writing the ledger."""

from datetime import datetime
from uuid import UUID

from ithaca.tools.ledger.models import Step


class Reused(Exception):
    """A form's hidden uuid came back with another act or for another record."""


def handled(form: UUID | None, noun: str, subject: UUID, act: str) -> bool:
    """Return whether this form has been carried out. Raises `Reused` if it was used for something else."""
    step = Step.objects.filter(form=form).first() if form else None
    if step and (step.noun, step.subject, step.act) != (noun, subject, act):
        raise Reused(act)
    return step is not None


def record(
    noun: str,
    subject: UUID,
    act: str,
    *,
    by: str,
    at: datetime,
    actor: UUID | None = None,
    form: UUID | None = None,
    frm: str = "",
    to: str = "",
) -> None:
    """Write one step. A form's uuid is unique here: a second writer fails and its transaction with it."""
    Step.objects.create(noun=noun, subject=subject, act=act, by=by, at=at, actor=actor, form=form, frm=frm, to=to)
