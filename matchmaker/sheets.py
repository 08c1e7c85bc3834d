"""Reading the spreadsheets people have: CSV and XLSX, with every fault named by file, row and column, all at once."""

import csv
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

MOST_FAULTS = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where (row 1 is the header; 0 means the file as a whole) and what, in words."""

    file: str
    row: int
    column: str
    what: str

    def __str__(self) -> str:
        place = [self.file]
        if self.row:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column {self.column}")
        return f"{', '.join(place)}: {self.what}"


class SheetError(ValueError):
    """A file, or several, that cannot be used; `faults` says everything that is wrong, in the order of the rows."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: where it stands, and its cells by column, trimmed."""

    number: int
    cells: dict[str, str]


def table(path: Path, required: tuple[str, ...], optional: tuple[str, ...], faults: list[Fault]) -> list[Row]:
    """Read the rows of a CSV or XLSX file, under a header with the given columns in any order.

    Blank rows and rows that begin with # are passed over. What is wrong with the file or its header is added to
    `faults`; then there are no rows.
    """
    rows = lines(path, faults)
    if rows is None:
        return []
    name = str(path)
    number, header = next(rows, (1, []))
    columns = [cell.strip().lower() for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    before = len(faults)
    known = required + optional
    for column in dict.fromkeys(columns):
        if not column:
            faults.append(Fault(name, number, "", "a column has no name"))
        elif columns.count(column) > 1:
            faults.append(Fault(name, number, column, "appears more than once"))
        elif column not in known and not column.startswith("#"):
            told = f"is not known; put # before its name to have it ignored. Known: {', '.join(known)}"
            faults.append(Fault(name, number, column, told))
    faults += [Fault(name, number, column, "is missing") for column in required if column not in columns]
    if len(faults) > before:
        return []
    found = []
    for number, cells in rows:
        stripped = [cell.strip() for cell in cells]
        if not any(stripped) or stripped[0].startswith("#"):
            continue
        if any(stripped[len(columns) :]):
            faults.append(Fault(name, number, "", f"has more cells than the {len(columns)} columns of the header"))
            continue
        found.append(Row(number, dict.fromkeys(known, "") | dict(zip(columns, stripped, strict=False))))
    return found


def lines(path: Path, faults: list[Fault]) -> Iterator[tuple[int, list[str]]] | None:
    """Read the numbered lines of a CSV or XLSX file as texts, or note a fault and return None if it can't be opened."""
    try:
        head = path.open("rb").read(4)
    except OSError as error:
        faults.append(Fault(str(path), 0, "", f"cannot be read: {error.strerror}"))
        return None
    if not head:
        faults.append(Fault(str(path), 0, "", "is empty"))
        return None
    return _workbook(path, faults) if head[:2] == b"PK" else _text(path, faults)


def _text(path: Path, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Read the lines of a UTF-8 CSV file, separated by whichever of comma, semicolon or tab its header has most of."""
    number = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            file.seek(0)
            separator = max(",;\t", key=header.count)
            reader = csv.reader(file, delimiter=separator, strict=True)
            for cells in reader:
                number = reader.line_num
                yield number, cells
    except UnicodeDecodeError:
        faults.append(Fault(str(path), number + 1, "", "or a later one is not text in UTF-8; save it as CSV UTF-8"))
    except csv.Error as error:
        faults.append(Fault(str(path), number + 1, "", f"cannot be read as CSV: {error}"))


def _workbook(path: Path, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Read the lines of the first sheet of a workbook."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of validation lists and styles it does not read
            rows = list(load_workbook(path, read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True))
    except Exception:  # openpyxl lets whatever zipfile and the XML parser raise pass through
        faults.append(Fault(str(path), 0, "", "cannot be read as a workbook; save it again as XLSX or CSV"))
        return
    for number, cells in enumerate(rows, 1):
        yield number, [_as_text(cell) for cell in cells]


def _as_text(cell: Any) -> str:
    """Return a cell as it would be in a CSV file."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def whole(text: str, least: int, most: int) -> int:
    """Read a whole number written in digits. Raises ValueError, in words, if it isn't one or is out of range."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        raise ValueError(f"{text!r} is not a whole number" if text else "is empty; it must be a whole number")
    number = int(text)
    if not least <= number <= most:
        raise ValueError(f"{text} is not from {least} to {most}")
    return number


def whole_of(given: Any) -> int:
    """Read a whole number found in JSON. Raises TypeError if it is anything else, such as true or 1.0."""
    if isinstance(given, bool) or not isinstance(given, int):
        raise TypeError(f"{given!r} is not a whole number")
    return given
