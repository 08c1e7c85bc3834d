"""Writing a spreadsheet for somebody to open. What could be taken for a formula is written as text."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Cell = str | int | date | None
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(text: str) -> str:
    """Put a mark before text that a spreadsheet would take for a formula. `uploads` takes it off again."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def to_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a CSV file: UTF-8 with a byte order mark, as Excel needs, and dates as day/month/year."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (headings, *rows):
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Cell]], title: str) -> bytes:
    """Write a workbook of one sheet. Headings are bold and stay in view; dates are dates."""
    book = Workbook()
    sheet = book.active
    sheet.title = "".join(sign for sign in title if sign not in "[]:*?/\\")[:31] or "1"
    sheet.freeze_panes = "A2"
    sheet.append([guarded(heading) for heading in headings])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    for number, heading in enumerate(headings, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(14, min(40, len(heading) + 4))
        for cell in sheet[letter][1:]:
            if isinstance(cell.value, date):
                cell.number_format = "DD/MM/YYYY"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else guarded(str(cell))
