"""Workbooks (.xlsx): looked into before they are unpacked, read without formulas, macros or links."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from ithaca.tools.sheets.limits import (
    FORMULA,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    MOST_UNPACKED,
    UnreadableSheetError,
)

_FURTHEST_ROW = 100_000


def read(data: bytes) -> tuple[list[list[str]], int]:
    """Return the rows of the first sheet that has any, and how many filled sheets follow. Raises UnreadableSheetError.

    What a zip file says of its parts' sizes holds: nothing is unpacked beyond it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _inspect(archive)
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        found = [rows for rows in (_rows(sheet) for sheet in sheets) if rows]
    except UnreadableSheetError:
        raise
    except Exception as error:  # a damaged file fails in any of the library's parts
        raise UnreadableSheetError(
            _("This workbook is damaged. Open it, save it again as .xlsx, then try again.")
        ) from error
    return (found[0], len(found) - 1) if found else ([], 0)


def _inspect(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableSheetError(_("This workbook has a password. Save it without one, then try again."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableSheetError(
            _("This workbook is far larger inside than it looks, so we won't open it. Save only the sheet you need.")
        )
    if any(name.endswith("vbaProject.bin") for name in names):
        raise UnreadableSheetError(_("This workbook has macros. Save it as .xlsx, which removes them, then try again."))
    if "xl/workbook.xml" not in names:
        raise UnreadableSheetError(_("This isn't an Excel workbook. Save it as .xlsx or .csv, then try again."))
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(part).read(2000):
            raise _damaged()


def _rows(sheet: Any) -> list[list[str]]:
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    rows: list[list[str]] = []
    filled = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        cells = [_text(cell) for cell in row]
        filled += any(cells)
        if filled > MOST_ROWS + 20 or (number > _FURTHEST_ROW and any(cells)):
            raise UnreadableSheetError(
                _("This file has more than %(count)d rows. Split it into smaller files.") % {"count": MOST_ROWS}
            )
        if number <= _FURTHEST_ROW:
            rows.append(cells)
    return rows if filled else []


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        return FORMULA
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _damaged() -> UnreadableSheetError:
    return UnreadableSheetError(_("This workbook is damaged. Open it, save it again as .xlsx, then try again."))
