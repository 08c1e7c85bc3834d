"""Text with one row a line: which encoding, which separator, and the rows."""

import csv
import io

from django.utils.translation import gettext as _

from ithaca.tools.sheets.limits import UnreadableSheetError

_SEPARATORS = ",;\t|"
_LOOKED_AT = 30
_UNWRITTEN = bytes(sign for sign in range(32) if sign not in (9, 10, 11, 12, 13))


def read(data: bytes) -> list[list[str]]:
    """Return the rows, empty ones too. Raises UnreadableSheetError."""
    text = _decoded(data)
    first, _newline, rest = text.partition("\n")
    named = first.strip("\r\ufeff ").lower()
    if named.startswith("sep=") and len(named) == 5:
        separator, text = named[4], "\n" + rest  # the line counts, so that rows keep their numbers
    else:
        separator = _separator(text)
    return _rows(text, separator)


def _decoded(data: bytes) -> str:
    """Decode as UTF-8, UTF-16, or what Excel writes on a Western machine. Raises UnreadableSheetError."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16")
    head = data[:2000]
    if head[1::2].count(0) > len(head) // 4:
        return _strictly(data, "utf-16-le")
    if head[::2].count(0) > len(head) // 4:
        return _strictly(data, "utf-16-be")
    if data.translate(None, _UNWRITTEN) != data:
        raise UnreadableSheetError(_("This isn't a spreadsheet. Save it as .xlsx or .csv, then try again."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _strictly(data, "cp1252")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UnreadableSheetError(
            _("We can't read the text in this file. Save it as “CSV UTF-8” or .xlsx, then try again.")
        ) from error


def _separator(text: str) -> str:
    """Return the separator that cuts most of the first lines into the same number of columns."""

    def columns(separator: str) -> tuple[int, int]:
        try:
            found = [len(row) for row in csv.reader(io.StringIO(text[:50_000]), delimiter=separator) if any(row)]
        except csv.Error:
            return 0, 0
        widths = found[:_LOOKED_AT]
        usual = max(set(widths), key=widths.count, default=0)
        return (widths.count(usual) if usual > 1 else 0), usual

    return max(_SEPARATORS, key=columns)


def _rows(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
    except csv.Error as error:
        place = {"row": len(rows) + 1}
        if "field limit" in str(error):
            raise UnreadableSheetError(
                _("Row %(row)d has a cell that's far too long. Shorten it, then try again.") % place
            ) from error
        raise UnreadableSheetError(
            _('Row %(row)d has a quotation mark (") that is never closed, or is inside a word.') % place
        ) from error
    return rows
