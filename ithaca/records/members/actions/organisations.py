"""Organisations from the files of the Organisation Data Service: practices (epraccur) and primary care networks.

Either the whole file is taken, in one transaction, or nothing of it: a file with faults raises `BadFileError`, which
names every one by row and column. A second run of the same file changes nothing. There is no header; the columns are
those of https://digital.nhs.uk/services/organisation-data-service (Open Government Licence).
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from ithaca.records.members.actions import placements
from ithaca.records.members.models import Area, Organisation
from ithaca.records.members.titles import titled

AREA_NAMES = Path(__file__).parents[1] / "data" / "areas.csv"
NO_AREA = frozenset({"", "Q99", "Y99"})
"""What the service writes for "in none": for the Welsh, for national commissioners. Nobody's neighbour by that."""
CLOSED = frozenset("CD")
STATUSES = frozenset("ACDP")
COLUMNS = {
    "code": 0, "name": 1, "region": 2, "icb": 3, "postcode": 9, "opened": 10, "closed": 11, "status": 12,
    "sub_icb": 14, "joined": 15, "left": 16, "setting": 25,
}  # fmt: skip
ADDRESS = slice(4, 9)
PARTNER, NETWORK, NETWORK_NAME, PARTNER_SINCE, PARTNER_UNTIL = 0, 4, 5, 8, 9
FIELDS = ("name", "address", "postcode", "setting", "opened_on", "closed_on", "is_open")
BATCH = 2000
_CODE = re.compile(r"[0-9A-Z]{1,10}")
_AREA = re.compile(r"[0-9A-Z]{0,10}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Fault(NamedTuple):
    """What is wrong in one cell; rows and columns are counted from 1, as a spreadsheet does."""

    row: int
    column: int
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.reason}"


class BadFileError(Exception):
    """The file was not taken; `faults` says every reason."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did. `unknown` counts rows about organisations that we do not have."""

    read: int
    added: int = 0
    changed: int = 0
    placed: int = 0
    moved: int = 0
    unknown: int = 0

    @property
    def nothing(self) -> bool:
        return not (self.added or self.changed or self.placed or self.moved)


class _Reader:
    """Takes cells of one file and gathers the faults."""

    def __init__(self, columns: int) -> None:
        self.faults: list[Fault] = []
        self._columns = columns
        self._row = 0
        self._cells: Sequence[str] = ()

    def rows(self, rows: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
        """Each row that is long enough, in turn; empty rows are passed over."""
        for number, row in enumerate(rows, start=1):
            self._row, self._cells = number, row
            if not any(cell.strip() for cell in row):
                continue
            if len(row) < self._columns:
                self.fault(len(row), f"the row ends here; it should have {self._columns} columns")
                continue
            if _CONTROL.search("".join(row)):
                column = next(column for column, cell in enumerate(row) if _CONTROL.search(cell))
                self.fault(column, "holds a character that is none of writing")
            yield row

    def fault(self, column: int, reason: str) -> None:
        self.faults.append(Fault(self._row, column + 1, reason))

    def text(self, column: int, most: int, needed: bool = False) -> str:
        text = " ".join(self._cells[column].split())
        if needed and not text:
            self.fault(column, "is empty")
        if len(text) > most:
            self.fault(column, f"is longer than {most} letters")
        return text

    def code(self, column: int, form: re.Pattern[str] = _AREA) -> str:
        text = self._cells[column].strip().upper()
        if not form.fullmatch(text):
            self.fault(column, f"{text[:20]!r} is not a code" if text else "is empty")
        return text

    def day(self, column: int) -> date | None:
        text = self._cells[column].strip()
        try:
            return _day(text)
        except ValueError:
            self.fault(column, f"{text[:20]!r} is not a date written YYYYMMDD")
            return None


@cache
def _day(text: str) -> date | None:
    return datetime.strptime(text, "%Y%m%d").date() if text else None  # noqa: DTZ007 - a date has no zone


def import_organisations(rows: Sequence[Sequence[str]], on: date) -> Outcome:
    """Take the practices of an epraccur file as it stands on a day; raises BadFileError.

    An organisation that has moved to another area keeps its old placement, which ends where the new one begins.
    One that is missing from the file is left as it is.
    """
    found, wanted = _practices(rows)
    with transaction.atomic():
        added, changed = _save(found)
        areas = {(kind, code) for (_, kind), place in wanted.items() if (code := place.area)}
        changed_areas = _save_areas({code: (kind, area_names().get(code, "")) for kind, code in areas})
        placed, moved = placements.place(wanted, on)
    return Outcome(len(found), added, changed + changed_areas, placed, moved)


def import_networks(rows: Sequence[Sequence[str]], on: date) -> Outcome:
    """Take the core partners of an ODS network file (ePCN) as it stands on a day; raises BadFileError."""
    reader = _Reader(columns=PARTNER_SINCE + 1)
    wanted: dict[tuple[str, str], placements.Place] = {}
    names: dict[str, tuple[str, str]] = {}
    ours = set(Organisation.objects.values_list("code", flat=True))
    read = unknown = 0
    for row in reader.rows(rows):
        if " " in row[PARTNER].strip():
            continue  # a heading
        read += 1
        partner, network = reader.code(PARTNER, _CODE), reader.code(NETWORK, _CODE)
        names[network] = (Area.Kind.PCN, titled(reader.text(NETWORK_NAME, 120, needed=True)))
        since = reader.day(PARTNER_SINCE) or on
        until = reader.day(PARTNER_UNTIL) if len(row) > PARTNER_UNTIL else None
        key = (partner, str(Area.Kind.PCN))
        if partner not in ours:
            unknown += 1
        elif key not in wanted or since > (wanted[key].since or date.min):
            wanted[key] = placements.Place(network, since, until)
    if reader.faults:
        raise BadFileError(reader.faults)
    with transaction.atomic():
        changed = _save_areas(names)
        placed, moved = placements.place(wanted, on)
    return Outcome(read, 0, changed, placed, moved, unknown)


def _practices(
    rows: Sequence[Sequence[str]],
) -> tuple[dict[str, Organisation], dict[tuple[str, str], placements.Place]]:
    """Return what the file says: organisations by code, and where each lies by code and kind of area."""
    reader = _Reader(columns=max(COLUMNS.values()) + 1)
    found: dict[str, Organisation] = {}
    wanted: dict[tuple[str, str], placements.Place] = {}
    for row in reader.rows(rows):
        code, status = reader.code(COLUMNS["code"], _CODE), row[COLUMNS["status"]].strip()
        if code in found:
            reader.fault(COLUMNS["code"], f"{code} is in the file twice")
        if status not in STATUSES:
            reader.fault(COLUMNS["status"], f"{status[:20]!r} is no status; known: A, C, D, P")
        closed = status in CLOSED
        found[code] = Organisation(
            code=code,
            name=titled(reader.text(COLUMNS["name"], 120, needed=True)),
            address=", ".join(titled(part) for part in row[ADDRESS] if part.strip())[:300],
            postcode=reader.text(COLUMNS["postcode"], 10).upper(),
            setting=reader.text(COLUMNS["setting"], 4),
            opened_on=reader.day(COLUMNS["opened"]),
            closed_on=reader.day(COLUMNS["closed"]),
            is_open=not closed,
        )
        since = reader.day(COLUMNS["joined"]) or found[code].opened_on
        left = reader.day(COLUMNS["left"]) or found[code].closed_on
        for kind in ("region", "icb", "sub_icb"):
            area = reader.code(COLUMNS[kind])
            wanted[code, kind] = placements.Place("" if area in NO_AREA else area, since, left if closed else None)
    if reader.faults:
        raise BadFileError(reader.faults)
    return found, wanted


def _save(found: dict[str, Organisation]) -> tuple[int, int]:
    """Write the organisations that are new or differ; return how many of each."""
    known = {row[0]: row[1:] for row in Organisation.objects.values_list("code", *FIELDS)}
    new = [each for code, each in found.items() if code not in known]
    differ = [
        each
        for code, each in found.items()
        if code in known and known[code] != tuple(getattr(each, field) for field in FIELDS)
    ]
    Organisation.objects.bulk_create(new, batch_size=BATCH)
    Organisation.objects.bulk_update(differ, FIELDS, batch_size=BATCH // 10)
    return len(new), len(differ)


def _save_areas(wanted: dict[str, tuple[str, str]]) -> int:
    """Write areas that are new, or have another name by now; return how many have."""
    known = {area.code: area for area in Area.objects.filter(code__in=list(wanted))}
    Area.objects.bulk_create(
        Area(code=code, kind=kind, name=name) for code, (kind, name) in wanted.items() if code not in known
    )
    renamed = [area for code, area in known.items() if wanted[code][1] not in ("", area.name)]
    for area in renamed:
        area.name = wanted[area.code][1]
    Area.objects.bulk_update(renamed, ["name"])
    return len(renamed)


@cache
def area_names() -> dict[str, str]:
    """Return what people call the areas, where we know it for certain, by code; committed beside us."""
    with AREA_NAMES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}
