"""The one way a stage changes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.db import models, transaction

from ithaca.records.stages import Act, AnyTable, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox


class Staged(Protocol):
    """A row with a stage: its table, its stage and since when."""

    TABLE: ClassVar[AnyTable]
    pk: Any
    stage: str
    stage_since: datetime

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None: ...
    def save(self, *, update_fields: Iterable[str]) -> None: ...


@transaction.atomic
def move(
    row: Staged,
    act: Act,
    by: Party,
    *,
    at: datetime,
    actor: UUID | None = None,
    form: UUID | None = None,
    letters: Iterable[outbox.Letter] = (),
    **changes: Any,
) -> bool:
    """Take `row` one step: its new stage, `changes` to its fields, the ledger's step and the letters, or nothing.

    The row is locked and read afresh first, so a second press or a second process sees the stage as it is now.
    Returns False when this `form` has already been handled, in which case nothing is done again.
    Raises `Impossible` when the table has no such step, `ledger.Reused` when the form belongs to another act.
    """
    manager: models.Manager[Any] = type(row)._default_manager  # type: ignore[attr-defined]  # every Django model has one
    row.refresh_from_db(from_queryset=manager.select_for_update())
    table = type(row).TABLE
    if ledger.handled(form, table.noun, row.pk, act):
        return False
    before, row.stage = row.stage, str(table.to(row.stage, act, by))
    row.stage_since = at
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["stage", "stage_since", *changes])
    ledger.record(table.noun, row.pk, act, by=by, at=at, actor=actor, form=form, frm=before, to=row.stage)
    for letter in letters:
        outbox.put(letter, at)
    return True
