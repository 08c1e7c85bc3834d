"""Thousands of rows, forty of them broken: all forty told at their place, the others brought over, and only once."""

import csv
import io
import random
import time
from collections.abc import Callable

import pytest

from ithaca.records.members.models import Membership, User
from ithaca.records.mentorships.importing.actions import sheets
from ithaca.records.mentorships.importing.queries.sheets import faults_of
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.sheets import uploads
from tests.cast import NOW, Cast, make_cast
from tests.records.mentorships.sheets import rosters
from tests.records.mentorships.sheets.rosters import WAITING, counts

pytestmark = [pytest.mark.proof, pytest.mark.django_db]

BROKEN = 40
WAYS_TO_BREAK: dict[int, Callable[[str], str]] = {
    # column: what becomes of its cell
    0: lambda _text: "",
    1: lambda text: text.replace("@", " at "),
    2: lambda _text: "Z99999",
    3: lambda _text: "=A1",
    4: lambda _text: "31/02/2027",
    5: lambda _text: "13/13/2025",
    6: lambda _text: "they did not say",
    7: lambda _text: "knitting",
}


def roster(count: int, seed: int) -> tuple[bytes, set[tuple[int, int]]]:
    """A CSV file with a blank line here and there, and (row, column) of each broken cell."""
    chance = random.Random(seed)
    codes = rosters.organisations(200)
    broken = dict(zip(chance.sample(range(count), BROKEN), [*WAYS_TO_BREAK] * 5, strict=True))
    rows: list[list[str]] = [["Waiting list"], [], WAITING]
    places = set()
    for number in range(count):
        row = rosters.waiting(number, codes[number % 200], f"{1 + number % 28:02}/{1 + number % 9:02}/2026")
        if number in broken:
            column = broken[number]
            row[column] = WAYS_TO_BREAK[column](row[column])
            places.add((len(rows) + 1, column + 1))
        rows.append(row)
        if number % 97 == 0:
            rows.append([])
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode("cp1252"), places


@pytest.mark.parametrize("rows", [1000, pytest.param(5000, marks=pytest.mark.evidence)])
def test_many_rows_with_forty_broken(rows: int) -> None:
    cast = make_cast()
    data, places = roster(rows, 4711)
    people = User.objects.count()
    began = time.monotonic()
    sheet = rosters.tried(cast, "waiting", uploads.read(data).rows)
    tried = time.monotonic() - began
    assert {(fault.row, fault.column) for fault in faults_of(sheet)} == places
    assert len(faults_of(sheet)) == BROKEN
    assert counts(sheet) == {"added": rows - BROKEN, "changed": 0, "unchanged": 0, "broken": BROKEN}
    assert User.objects.count() == people, "a dry run writes nothing"
    sheets.confirm(sheet, coordinator=cast.coordinator.pk, at=NOW, form=rosters.form())
    began = time.monotonic()
    sheets.run(sheet.pk)
    brought = time.monotonic() - began
    sheet.refresh_from_db()
    assert counts(sheet) == {"added": rows - BROKEN, "changed": 0, "unchanged": 0, "broken": BROKEN}
    assert User.objects.count() == people + rows - BROKEN
    assert OutboxLetter.objects.count() == 0
    assert the_same_file_changes_nothing(cast, data, rows)
    # the figures are part of the evidence
    print(f"{rows} rows tried in {tried:.1f} s, {rows - BROKEN} brought over in {brought:.1f} s")  # noqa: T201


def the_same_file_changes_nothing(cast: Cast, data: bytes, rows: int) -> bool:
    before = list(Membership.objects.order_by("pk").values())
    again = rosters.tried(cast, "waiting", uploads.read(data).rows)
    assert counts(again) == {"added": 0, "changed": 0, "unchanged": rows - BROKEN, "broken": BROKEN}
    with pytest.raises(sheets.NothingToDo):
        sheets.confirm(again, coordinator=cast.coordinator.pk, at=NOW, form=rosters.form())
    return list(Membership.objects.order_by("pk").values()) == before
