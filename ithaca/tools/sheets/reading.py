"""Reading a spreadsheet that someone saved as CSV."""

import csv
from pathlib import Path

from ithaca.tools.sheets.limits import UnreadableSheetError

MOST_BYTES = 50 * 1024 * 1024


def read_csv(path: Path) -> list[list[str]]:
    """Return the rows of a CSV file: UTF-8 with or without a byte order mark, or what Excel writes on old machines.

    Empty lines are kept as empty rows, so that a row's place is its number in a spreadsheet.
    Raises UnreadableSheetError.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableSheetError(f"{path.name} is larger than {MOST_BYTES // 1024**2} MB")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSheetError(f"We can't read {path.name}: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    try:
        return list(csv.reader(text.splitlines(keepends=True)))
    except csv.Error as error:
        raise UnreadableSheetError(f"{path.name} isn't a CSV file: {error}") from error
