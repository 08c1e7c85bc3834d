"""Changing a row that two people, or one person in two windows, may have open."""

from typing import Any

from django.db import models


class ChangedMeanwhile(Exception):
    """Somebody else saved first; nothing was written. The page shows what was typed, and what stands now."""


def edit(row: models.Model, version: int, **changes: Any) -> None:
    """Write `changes` if the row still has the `version` that the person saw; it then has the next one.

    Raises ChangedMeanwhile otherwise. Only for rows with a `version`.
    """
    manager: models.Manager[Any] = type(row)._default_manager
    if not manager.filter(pk=row.pk, version=version).update(version=version + 1, **changes):
        raise ChangedMeanwhile
    for name, value in {"version": version + 1, **changes}.items():
        setattr(row, name, value)
