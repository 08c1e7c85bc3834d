"""Reading a coordinator's sheet: what is in it, what its headings mean, what is wrong with it."""

import json
from collections.abc import Sequence

from ithaca.records.mentorships.importing import entries, faults
from ithaca.records.mentorships.importing.columns import columns_of
from ithaca.records.mentorships.importing.entries import Entry
from ithaca.records.mentorships.importing.faults import Fault
from ithaca.records.mentorships.models import Sheet, SheetHeadings
from ithaca.records.schemes.models import Scheme

Rows = list[list[str]]


def table_of(sheet: Sheet) -> tuple[Rows, int]:
    """Return the cells of a spreadsheet, and where its headings are; nothing when it has been dealt with."""
    text = Sheet.rows.unseal(sheet)
    if not text:
        return [[]], 0
    found = json.loads(text)
    return found["rows"], found["head"]


def matched_of(sheet: Sheet) -> list[str]:
    """Return the name of the column that each place in the file means."""
    text = Sheet.matched.unseal(sheet)
    return list(json.loads(text)) if text else []


def faults_of(sheet: Sheet) -> list[Fault]:
    """Everything that is wrong with the sheet, by row."""
    return _told(sheet)[0]


def changes_of(sheet: Sheet) -> list[Fault]:
    """Return what its rows would change of what we have, by row; `reason` says what it was and will be."""
    return _told(sheet)[1]


def _told(sheet: Sheet) -> tuple[list[Fault], list[Fault]]:
    text = Sheet.faults.unseal(sheet)
    return faults.from_json(text) if text else ([], [])


def entries_of(sheet: Sheet, matched: Sequence[str]) -> list[Entry]:
    """Read the rows of the spreadsheet as these columns."""
    rows, head = table_of(sheet)
    return entries.read(rows, head, matched, columns_of(sheet.kind, sheet.scheme), sheet.scheme)


def memory_of(scheme: Scheme, kind: str) -> dict[str, str]:
    """Return what the scheme's own headings mean, as a coordinator has said before."""
    row = SheetHeadings.objects.filter(scheme=scheme, kind=kind).first()
    return {} if row is None else dict(json.loads(SheetHeadings.meanings.unseal(row)))


def samples_of(rows: Rows, head: int, column: int) -> list[str]:
    """Return the first few cells below a heading that say something."""
    cells = (row[column] for row in rows[head + 1 :] if column < len(row) and row[column])
    return [cell[:40] for cell, _number in zip(cells, range(3), strict=False)]


def sheets_of(scheme: Scheme) -> list[Sheet]:
    """Return the scheme's last twenty spreadsheets, without their contents."""
    return list(Sheet.objects.filter(scheme=scheme).defer("rows", "matched", "faults")[:20])
