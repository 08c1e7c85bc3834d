"""A queue as a coordinator sees it: one line for each record, the oldest first, a page at a time. Never content."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Count, QuerySet, Window

WORKING_DAYS_TO_ANSWER = 2
"""A person hears from a human within two working days."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Line:
    """One record that waits: who it is about, its stage, and since when it has waited."""

    pk: UUID
    stage: str
    since: date
    who: str = ""
    detail: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Some lines of a queue, and how many there are in all."""

    lines: tuple[Row, ...]
    total: int


def cut(
    rows: "QuerySet[Any, Any]", line: Callable[[Mapping[str, Any]], Row], start: int, stop: int, *fields: str
) -> Slice[Row]:
    """Read the rows from `start` up to `stop` and count all of them, in one query.

    A start past the end gives an empty slice with a total of 0.
    """
    found = list(rows.annotate(total=Window(Count("pk"))).values("total", *fields)[start:stop])
    return Slice(tuple(line(row) for row in found), found[0]["total"] if found else 0)
