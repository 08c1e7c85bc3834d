"""From the texts of a sheet to entries: one for each row, its cells read, with what is wrong in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ithaca.records.mentorships.importing import cells
from ithaca.records.mentorships.importing.columns import NAME_PARTS, Column
from ithaca.records.mentorships.importing.faults import Fault
from ithaca.records.schemes.models import Scheme


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the sheet: its number, what its cells say by column name, and where each column stands.

    An empty cell says nothing: it is not in `values`.
    """

    row: int
    values: dict[str, Any]
    places: dict[str, tuple[int, str]]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, name: str, reason: str) -> None:
        """Say what is wrong, at the cell of a column; at the row where the file has no such column."""
        column, heading = self.places.get(name, (0, ""))
        self.faults.append(Fault(self.row, column, heading, reason))

    def get(self, name: str) -> Any:
        return self.values.get(name)


def read(
    rows: Sequence[Sequence[str]], head: int, matched: Sequence[str], columns: Sequence[Column], scheme: Scheme
) -> list[Entry]:
    """Read every row below the headings that has anything in it; `matched` names the column of each place."""
    by_name = {column.name: column for column in columns}
    places = {name: (number, rows[head][number - 1]) for number, name in enumerate(matched, start=1) if name in by_name}
    entries = [
        _entry(number, row, places, by_name, scheme)
        for number, row in enumerate(rows[head + 1 :], start=head + 2)
        if any(row)
    ]
    part = next((places[name] for name in NAME_PARTS if name in places), None)
    if part:
        places.setdefault("name", part)  # where a missing name is told
    _find_twins(entries)
    return entries


def _entry(
    number: int,
    row: Sequence[str],
    places: dict[str, tuple[int, str]],
    columns: dict[str, Column],
    scheme: Scheme,
) -> Entry:
    entry = Entry(number, {}, places)
    for name, (place, _heading) in places.items():
        text = row[place - 1] if place <= len(row) else ""
        if not text:
            continue
        try:
            entry.values[name] = columns[name].read(cells.check(text), scheme)
        except cells.Wrong as wrong:
            entry.fault(name, str(wrong))
    parts = [entry.values.pop(name) for name in NAME_PARTS if name in entry.values]
    if parts:
        entry.values.setdefault("name", " ".join(parts))
    return entry


def _find_twins(entries: Sequence[Entry]) -> None:
    """Mark as faulty a person or a pair that an earlier row has already."""
    first: dict[tuple[Any, ...], Entry] = {}
    for entry in entries:
        pair = "mentor" in entry.places and "mentee" in entry.places
        names = ("mentee", "mentor") if pair else ("email",)
        if not all(name in entry.values for name in names):
            continue
        key = tuple(entry.values[name] for name in names)
        earlier = first.setdefault(key, entry)
        if earlier is entry:
            continue
        at = {"row": earlier.row}
        if pair:
            entry.fault("mentee", _("These two people are already in row %(row)d.") % at)
        elif earlier.get("name") == entry.get("name"):
            entry.fault("email", _("This person is already in row %(row)d.") % at)
        else:
            entry.fault(
                "email", _("Row %(row)d has this address too, for someone else. Each person needs their own.") % at
            )
