"""Reading a spreadsheet that somebody uploads: XLSX, or text with commas, semicolons or tabs, in any usual encoding.

Nothing of it is trusted: not its size, not what it says of its size, not its formulas. What comes out are texts.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ithaca.tools.sheets import delimited, workbooks
from ithaca.tools.sheets.limits import FORMULA, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, UnreadableSheetError

_GUARDED = re.compile(r"'[=+\-@\t\r\n]")
_AS_TEXT = re.compile(r'="([^"]*)"')
_SPREADSHEET_ERROR = re.compile(r"#(REF|N/A|NAME\?|VALUE|DIV/0|NULL|NUM|SPILL|CALC)!?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a sheet as texts, every row as wide; row `n` of the file is `rows[n - 1]`. Dates are YYYY-MM-DD.

    `other_sheets` counts the sheets of a workbook that were not read, because they come after this one.
    """

    rows: list[list[str]]
    other_sheets: int = 0


def read(data: bytes) -> Table:
    """Read the file into a table. Raises UnreadableSheetError, whose message tells a person what to do."""
    if not data.strip(b"\x00\r\n\t ,;"):
        raise UnreadableSheetError(_("This file is empty. Choose one with something in it."))
    if len(data) > MOST_BYTES:
        raise UnreadableSheetError(
            _("This file is larger than %(mb)d MB. Split it into smaller files.") % {"mb": MOST_BYTES // 1024**2}
        )
    others = 0
    if data.startswith(b"PK"):
        rows, others = workbooks.read(data)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableSheetError(
            _("This is an old Excel file, or one with a password. Save it as .xlsx without a password, then try again.")
        )
    elif data.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"<")):
        raise UnreadableSheetError(_("This isn't a spreadsheet. Save it as .xlsx or .csv, then try again."))
    else:
        rows = delimited.read(data)
    cells = [[_tidy(cell) for cell in row] for row in rows]
    while cells and not any(cells[-1]):
        cells.pop()
    if not cells:
        raise UnreadableSheetError(_("This file is empty. Choose one with something in it."))
    if sum(any(row) for row in cells) > MOST_ROWS + 20:
        raise UnreadableSheetError(
            _("This file has more than %(count)d rows. Split it into smaller files.") % {"count": MOST_ROWS}
        )
    width = max(number for row in cells for number, cell in enumerate(row, start=1) if cell)
    if width > MOST_COLUMNS:  # every row is made as wide as the widest
        raise UnreadableSheetError(
            _("This file has more than %(count)d columns. Remove some, then try again.") % {"count": MOST_COLUMNS}
        )
    return Table([[*row[:width], *[""] * (width - len(row))] for row in cells], others)


def _tidy(cell: str) -> str:
    """Strip the spaces around a cell, and the mark that keeps a text from becoming a formula."""
    text = cell.replace("\u00a0", " ").strip(" \t\r\n")
    if _GUARDED.match(text):
        return text[1:]
    if quoted := _AS_TEXT.fullmatch(text):
        return quoted[1].strip()
    if text.startswith("=") or _SPREADSHEET_ERROR.fullmatch(text):
        return FORMULA
    return text
