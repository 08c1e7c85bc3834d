"""Broken spreadsheets: a good roster or instance, with one to three things spoilt at random, and where each is."""

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook

from tests.matchmaker.rosters import pool, write

Table = list[list[str]]


@dataclass
class Spoilt:
    """The command that reads the files, and what its message must name: the file, and the row and column if known."""

    command: list[str]
    named: list[tuple[str, int, str]] = field(default_factory=list)


def spoil(folder: Path, seed: int) -> Spoilt:
    """Write one broken roster or instance into a folder."""
    pick = random.Random(seed)
    return _roster(folder, pick) if pick.random() < 0.6 else _instance(folder, pick)


def _roster(folder: Path, pick: random.Random) -> Spoilt:
    files = dict(zip(("mentees", "mentors"), write(pool(6, 4, pick.randrange(50)), folder), strict=True))
    found = Spoilt(["match", "--mentees", str(files["mentees"]), "--mentors", str(files["mentors"])])
    which = pick.choice(["mentees", "mentors"])
    if pick.random() < 0.12:
        policy = folder / "policy.toml"
        policy.write_text(pick.choice(POLICIES), encoding="utf-8")
        found.command += ["--policy", str(policy)]
        found.named.append((str(policy), 0, ""))
    elif pick.random() < 0.35:
        _spoil_file(files[which], pick, found)
    else:
        table = _read(files[which])
        cells = {**CELLS, **(OF_MENTEES if which == "mentees" else OF_MENTORS)}
        good = list(table[-1])
        for row in pick.sample(range(1, len(table) - 1), pick.randint(1, 2)):
            column = pick.choice(list(cells))
            table[row][table[0].index(column)] = pick.choice(cells[column])
            found.named.append((str(files[which]), row + 1, column))
        if pick.random() < 0.2:
            table.append(good)
            found.named.append((str(files[which]), len(table), "id"))
        found.command = _kept(found, files[which], _write(files[which], table, pick))
    return found


def _instance(folder: Path, pick: random.Random) -> Spoilt:
    pairs, mentors = folder / "pairs.csv", folder / "capacity.csv"
    rows = [["mentee", "mentor", "value"]]
    rows += [[f"e{i}", f"m{j}", str(pick.randint(0, 99))] for i in range(5) for j in range(4) if pick.random() < 0.8]
    rows += [["e9", "m0", "7"]]
    places = [["mentor", "capacity"], *([f"m{j}", str(pick.randint(0, 3))] for j in range(4))]
    found = Spoilt(["assign", str(pairs), "--capacity", str(mentors)])
    _save(pairs, rows), _save(mentors, places)
    path, table, cells = pick.choice([(pairs, rows, OF_PAIRS), (mentors, places, OF_CAPACITIES)])
    if pick.random() < 0.4:
        _spoil_file(path, pick, found)
    else:
        good = list(table[-1])
        for row in pick.sample(range(1, len(table) - 1), pick.randint(1, 2)):
            column = pick.choice(list(cells))
            table[row][table[0].index(column)] = pick.choice(cells[column])
            found.named.append((str(path), row + 1, column))
        if pick.random() < 0.3:
            table.append(good)
            found.named.append((str(path), len(table), "mentor"))
        found.command = _kept(found, path, _write(path, table, pick))
    return found


NUMBERS = ["", "-1", "1.5", "two", "1e3", "0x10", "٣", "9" * 40, "nan", "--2"]
CELLS = {"id": [""], "profession": ["", "   "]}
OF_MENTEES = {
    "asked_on": ["", "2026-02-30", "yesterday", "31/31/2026", "1/2", "2026-1", "46000"],
    "prefers": ["m99", "m1; m1", "m1; m99"],
    "near": ["perhaps", "2"],
    "fixed_mentor": ["m99", "m0; m1"],
}
OF_MENTORS = {"places": [*NUMBERS, "1001"], "away": ["gone", "on leaf"]}
OF_PAIRS = {"mentee": ["", "  "], "mentor": [""], "value": NUMBERS}
OF_CAPACITIES = {"mentor": [""], "capacity": NUMBERS}
POLICIES = [
    "floor = -1",
    'version = ""',
    "weights = 3",
    "[weights]\nhair = 2",
    "[weights]\nroles = 1.5",
    'hard = ["planet"]',
    "floor = ",
    "matched = 99999999999",
    "keep = true",
]


def _spoil_file(path: Path, pick: random.Random, found: Spoilt) -> None:  # noqa: C901 - a list of small ways
    """Spoil a file as a whole, or its header."""
    table = _read(path)
    header, column = table[0], pick.randrange(len(table[0]))

    def missing() -> None:
        path.unlink()

    def folder() -> None:
        path.unlink()
        path.mkdir()

    def empty() -> None:
        path.write_bytes(b"")

    def blank() -> None:
        path.write_bytes(b"\n\n\n")

    def junk() -> None:
        path.write_bytes(pick.randbytes(200) + b"\xff")

    def latin() -> None:
        path.write_bytes(path.read_bytes() + "é,ü\n".encode("latin-1"))

    def wide() -> None:
        path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")

    def cut_quote() -> None:
        path.write_text(path.read_text(encoding="utf-8") + '"never closed', encoding="utf-8")

    def cut_workbook() -> None:
        _workbook(path, table)
        path.write_bytes(path.read_bytes()[: pick.randint(10, 400)])

    def no_workbook() -> None:
        path.write_bytes(b"PK\x03\x04" + pick.randbytes(100))

    def renamed() -> None:
        header[0] = "nobody knows this"
        _save(path, table)

    def twice() -> None:
        header.append(header[column])
        _save(path, table)

    def nameless() -> None:
        header[0] = ""
        _save(path, table)

    def headless() -> None:
        _save(path, table[1:])

    def long_row() -> None:
        table[1] += ["more", "and more"]
        _save(path, table)
        found.named.append((str(path), 2, ""))

    ways: list[Callable[[], None]] = [
        *(missing, folder, empty, blank, junk, latin, wide, cut_quote, cut_workbook, no_workbook),
        *(renamed, twice, nameless, headless, long_row),
    ]
    pick.choice(ways)()
    found.named.append((str(path), 0, ""))


def _read(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _save(path: Path, table: Table) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def _workbook(path: Path, table: Table) -> None:
    book = Workbook()
    for row in table:
        book.active.append(row)
    book.save(path)


def _write(path: Path, table: Table, pick: random.Random) -> Path:
    """As CSV or, now and then, as a workbook."""
    if pick.random() < 0.7:
        _save(path, table)
        return path
    other = path.with_suffix(".xlsx")
    _workbook(other, table)
    return other


def _kept(found: Spoilt, path: Path, written: Path) -> list[str]:
    """The command and the expected places, for the file that was really written."""
    found.named = [(str(written) if name == str(path) else name, row, column) for name, row, column in found.named]
    return [str(written) if part == str(path) else part for part in found.command]
