"""Where organisations lie: dated relations, because areas merge and practices move."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db import connection

from ithaca.records.members.models import Placement

BATCH = 2000


class Place(NamedTuple):
    """An area (none: ""), since when (None: not known) and until when (None: still)."""

    area: str
    since: date | None
    until: date | None


class _Last(NamedTuple):
    pk: int
    area: str
    since: date
    until: date | None


def place(wanted: Mapping[tuple[str, str], Place], on: date) -> tuple[int, int]:
    """Put each organisation, by (code, kind of area), where `wanted` says it lies on a day.

    The last placement of that kind is kept while its area is the same; otherwise it ends, and a new one begins, on the
    day that `wanted` names, or today if that day is not later. Returns how many were made, and how many of those moves.
    """
    last = _last_placements({kind for _, kind in wanted})
    new: list[tuple[str, str, date, date | None]] = []
    ended: dict[date | None, list[int]] = {}
    moved = 0
    for key, (area, since, until) in wanted.items():
        old = last.get(key)
        start = since or on
        if old is not None and old.area == area:
            if old.until != until:
                ended.setdefault(until, []).append(old.pk)
            continue
        if old is not None:
            start = start if start > old.since else on
            if old.until is None:
                ended.setdefault(start, []).append(old.pk)
                moved += bool(area)
        if area:
            new.append((key[0], area, start, until))
    for until, pks in ended.items():
        for first in range(0, len(pks), BATCH):
            Placement.objects.filter(pk__in=pks[first : first + BATCH]).update(until=until)
    _insert(new)
    return len(new), moved


def _insert(new: list[tuple[str, str, date, date | None]]) -> None:
    """Write new placements; there may be 46,000, for which `bulk_create` takes ten times as long."""
    table = connection.ops.quote_name(Placement._meta.db_table)  # noqa: SLF001 - Django's documented name
    day = connection.ops.adapt_datefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (organisation_id, area_id, since, until) VALUES (%s, %s, %s, %s)",  # noqa: S608 - our table
            [(organisation, area, day(since), day(until)) for organisation, area, since, until in new],
        )


def _last_placements(kinds: set[str]) -> dict[tuple[str, str], _Last]:
    """Return the placement that began last, by organisation and kind of area."""
    columns = ("organisation_id", "area__kind", "pk", "area_id", "since", "until")
    rows = Placement.objects.filter(area__kind__in=kinds).order_by("since", "pk").values_list(*columns)
    return {(organisation, kind): _Last(*rest) for organisation, kind, *rest in rows}
