"""The index of decisions names each of them as it is, and each says where it stands."""

import re
from datetime import date
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "adr"
FILES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
INDEX = (FOLDER / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| \[(\d+)\]\(([^)]+)\) \| (.+?) \| (.+?) \| (.+?) \|$", INDEX, re.MULTILINE)


def test_the_index_names_every_decision_once() -> None:
    assert sorted(name for _, name, *_ in ROWS) == [path.name for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:4])
def test_a_decision_says_its_status_and_date_and_the_index_repeats_them(path: Path) -> None:
    head, _, status, dated, after = path.read_text(encoding="utf-8").split("\n")[:5]
    heading = re.fullmatch(r"# (\d+)\. (.+)", head)
    assert heading
    number, title = heading.groups()
    assert int(path.name[:4]) == int(number)
    assert re.fullmatch(r"Status: (proposed|accepted|rejected|superseded)(, .*| by \d+)?", status)
    assert date.fromisoformat(dated.removeprefix("Date: ")) >= date(2026, 11, 21)
    assert after == ""
    (row,) = (row for row in ROWS if row[1] == path.name)
    number_there, _, title_there, status_there, date_there = row
    assert (number_there, title_there.strip("*")) == (number, title)
    assert (f"Status: {status_there}", f"Date: {date_there}") == (status, dated)


def test_every_decision_that_is_named_exists() -> None:
    """Follow each "decision 69", "ADR 22" and docs/adr/0069 in the decisions, the docs, the code and the tests."""
    known = {int(path.name[:4]) for path in FILES}
    root = FOLDER.parents[1]
    folders = [root / name for name in ("ithaca", "matchmaker", "tests", "benchmarks", "docs")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".md", ".html", ".txt")]
    named = {
        (str(path.relative_to(root)), int(number))
        for path in [*files, *root.glob("*.md"), *(root / "requirements").glob("*.txt")]
        if path != Path(__file__)
        for number in re.findall(r"(?:\bdecisions? |\bADR |\badr/)0*(\d+)", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    assert {place for place in named if place[1] not in known} == set()
