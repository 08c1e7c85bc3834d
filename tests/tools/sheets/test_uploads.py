"""Whatever somebody uploads is read, or refused with words that say what to do; nothing breaks, nothing is trusted."""

import csv
import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from ithaca.tools.sheets import writing
from ithaca.tools.sheets.limits import FORMULA, UnreadableSheetError
from ithaca.tools.sheets.uploads import read

ROWS = [["Name", "Email", "Asked on"], ["Zoë O’Hara", "zoe@practice.example", "27/03/2026"], ["Bo", "bo@b.example", ""]]


def text(rows: list[list[str]] = ROWS, separator: str = ",", ends: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=ends).writerows(rows)
    return out.getvalue()


def workbook(change: Callable[[Workbook], None] = lambda book: None) -> bytes:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes, drop: str = "") -> bytes:
    """The same zip file with one part more, or in place of another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in (name, drop):
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


READABLE = {
    "utf-8": text().encode(),
    "utf-8 with a mark": text().encode("utf-8-sig"),
    "utf-16": text().encode("utf-16"),
    "utf-16 big end first": b"\xfe\xff" + text().encode("utf-16-be"),
    "utf-16 without a mark": text().encode("utf-16-le"),
    "windows": text().encode("cp1252"),
    "semicolons": text(separator=";").encode(),
    "tabs": text(separator="\t").encode(),
    "bars": text(separator="|").encode(),
    "says its separator": ("sep=;\r\n" + text(separator=";")).encode(),
    "old lines": text(ends="\r").encode(),
    "unix lines": text(ends="\n").encode(),
    "workbook": workbook(),
}


@pytest.mark.parametrize("name", READABLE)
def test_every_usual_way_to_save_it_reads_the_same(name: str) -> None:
    rows = [row for row in read(READABLE[name]).rows if any(row)]
    assert rows == ROWS


def macros() -> bytes:
    return with_part(workbook(), "xl/vbaProject.bin", b"macro")


def bomb() -> bytes:
    return with_part(workbook(), "xl/media/zeros.bin", b"\0" * (150 * 1024 * 1024 + 1))


def entities() -> bytes:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    return with_part(workbook(), "xl/sharedStrings.xml", evil)


def lying_about_sizes() -> bytes:
    data = bytearray(workbook())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 2**31)
    return bytes(data)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "only blanks": (lambda: " \r\n , , ,\r\n".encode("utf-16"), "empty"),
    "only commas": (lambda: b" , ,\r\n,,\r\n", "empty"),
    "an empty workbook": (lambda: _empty_workbook(), "empty"),
    "too large": (lambda: b"a,b\n" * (10 * 1024 * 1024 // 4 + 1), "larger than 10 MB"),
    "too many rows": (lambda: b"a,b\n" * 10_030, "more than 10000 rows"),
    "too many rows in a workbook": (lambda: _long_workbook(), "more than 10000 rows"),
    "too many columns": (lambda: b"a" + b",b" * 100, "more than 100 columns"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old Excel file"),
    "a pdf": (lambda: b"%PDF-1.7\n1 0 obj", "isn't a spreadsheet"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "isn't a spreadsheet"),
    "a web page": (lambda: b"<html><table><tr><td>Name</td></tr></table></html>", "isn't a spreadsheet"),
    "a programme": (lambda: b"\x7fELF\x02\x01\x01" + bytes(range(1, 30)) * 20, "isn't a spreadsheet"),
    "another zip": (lambda: with_part(_empty_zip(), "letter.txt", b"Dear all"), "isn't an Excel workbook"),
    "an open document": (lambda: with_part(_empty_zip(), "content.xml", b"<office/>"), "isn't an Excel workbook"),
    "macros": (macros, "macros"),
    "a bomb": (bomb, "far larger inside"),
    "many parts": (lambda: _many_parts(), "far larger inside"),
    "entities": (entities, "damaged"),
    "cut short": (lambda: workbook()[:-200], "damaged"),
    "a lie about sizes": (lying_about_sizes, "far larger inside"),
    "a broken part": (
        lambda: with_part(workbook(), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"),
        "damaged",
    ),
    "an open quotation": (lambda: b'Name,Email\nAda,a@a.example\n"Bo,b@b.example\nCy,c@c.example\n', "Row 3"),
    "a quotation in a word": (lambda: b'Name,Email\n"Ada"x,a@a.example\n', "Row 2"),
    "an endless cell": (lambda: b"Name,Email\nAda," + b"a" * 200_000, "Row 2"),
    "unknown letters": (lambda: b"Name,Email\nAd\x81\x8d,a@a.example\n", "read the text in this file"),
    "half of utf-16": (lambda: b"\xff\xfeN\x00a", "read the text in this file"),
}


def _empty_zip() -> bytes:
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    return out.getvalue()


def _empty_workbook() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def _long_workbook() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(10_030):
        sheet.append([number])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _many_parts() -> bytes:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(1000):
            archive.writestr(f"xl/parts/{number}", "")
    return out.getvalue()


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_words(name: str) -> None:
    make, words = REFUSED[name]
    with pytest.raises(UnreadableSheetError) as refused:
        read(make())
    assert words in str(refused.value)


def test_cells_of_a_workbook_become_texts() -> None:
    def fill(book: Workbook) -> None:
        cells = [
            datetime(2026, 3, 27, 9, 30),  # noqa: DTZ001 - Excel knows no zones
            date(2026, 3, 28),
            45_000,
            3.0,
            2.5,
            True,
            "=1+1",
            None,
            "  x\u00a0 ",
        ]
        book.active.append(cells)

    row = read(workbook(fill)).rows[3]
    assert row == ["2026-03-27", "2026-03-28", "45000", "3", "2.5", "TRUE", FORMULA, "", "x"]


def test_a_hidden_sheet_is_passed_over_and_a_second_one_is_counted() -> None:
    def fill(book: Workbook) -> None:
        hidden = book.create_sheet("notes", 0)
        hidden.append(["private"])
        hidden.sheet_state = "hidden"
        book.create_sheet("More").append(["more"])

    table = read(workbook(fill))
    assert table.rows[0] == ROWS[0]
    assert table.other_sheets == 1


def test_formulas_and_errors_are_marked_in_text_too_and_excels_own_quoting_is_not_one() -> None:
    assert read(b'a,b,c\n=1+1,#REF!,="00123"\n').rows[1] == [FORMULA, FORMULA, "00123"]


@pytest.mark.parametrize(
    "evil", ["=cmd|' /C calc'!A0", "+44 1632 960001", "-1", "@SUM(A1)", "\t=1", "\n=1", "plain", "'tis"]
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_we_write_is_no_formula_and_reads_as_it_was(evil: str, kind: str) -> None:
    data = writing.to_csv(["What"], [[evil]]) if kind == "csv" else writing.to_xlsx(["What"], [[evil]], "Sheet: [1]")
    if kind == "csv":
        assert not data.decode("utf-8-sig").splitlines()[1].lstrip('"').startswith(("=", "+", "-", "@", "\t"))
    assert read(data).rows == [["What"], [evil]]


def test_dates_and_numbers_are_written_as_such() -> None:
    rows = [[date(2026, 3, 27), 7, None]]
    assert read(writing.to_csv(["a", "b", "c"], rows)).rows[1] == ["27/03/2026", "7", ""]
    assert read(writing.to_xlsx(["a", "b", "c"], rows, "x")).rows[1] == ["2026-03-27", "7", ""]
