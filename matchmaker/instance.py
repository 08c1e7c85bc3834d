"""A bare instance in files: pairs with their values and mentors with their capacities, and the answer as JSON."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from matchmaker.pairs import MOST, Edges, Ints, Pairs, keys_of, pairs_of
from matchmaker.sheets import MOST_FAULTS, Fault, SheetError, lines, table, whole
from matchmaker.solve import canonical, solve

HEADER = ("mentee", "mentor", "value")
MOST_PLACES = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """Pairs, and the ids their rows and columns stand for."""

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    pairs: Pairs


def read_instance(pairs: Path, capacity: Path | None = None) -> Instance:
    """The instance in a file of mentee, mentor, value and one of mentor, capacity (1 where absent).

    Raises SheetError with everything that is wrong in either.
    """
    faults: list[Fault] = []
    places = _capacities(capacity, faults) if capacity else {}
    mentees: dict[str, int] = {}
    mentors = {mentor: place for place, mentor in enumerate(places)}
    rows, columns, values, numbers = array("q"), array("q"), array("q"), array("q")
    for number, mentee, mentor, worth in _pair_rows(pairs, faults):
        rows.append(mentees.setdefault(mentee, len(mentees)))
        columns.append(mentors.setdefault(mentor, len(mentors)))
        values.append(worth)
        numbers.append(number)
    row, column, value = (np.frombuffer(some, np.int64) for some in (rows, columns, values))
    order = np.lexsort((column, row))
    again = order[1:][(row[order[1:]] == row[order[:-1]]) & (column[order[1:]] == column[order[:-1]])]
    faults += [Fault(str(pairs), numbers[k], "mentor", "this pair is already in an earlier row") for k in sorted(again)]
    if faults:
        raise SheetError(faults)
    room = np.array([places.get(mentor, 1) for mentor in mentors], np.int64)
    return Instance(tuple(mentees), tuple(mentors), pairs_of(Edges(row, column, value), len(mentees), room))


def assign(instance: Instance) -> dict[str, Any]:
    """The optimum of an instance as plain data: total and bound, pairs, and the prices that prove it."""
    pairs = instance.pairs
    best = solve(pairs)
    mate = canonical(pairs, best, keys_of(instance.mentees), keys_of(instance.mentors))
    made = np.flatnonzero(mate >= 0)
    worth = pairs.values_of(mate)
    return {
        "total": int(worth.sum()),
        "bound": int(best.u.sum() + (best.v * pairs.places).sum()),
        "matched": int(made.size),
        "pairs": sorted([instance.mentees[i], instance.mentors[mate[i]], int(worth[i])] for i in made.tolist()),
        "mentee_price": _by_id(instance.mentees, best.u),
        "mentor_price": _by_id(instance.mentors, best.v),
    }


def _by_id(ids: tuple[str, ...], prices: Ints) -> dict[str, int]:
    return dict(sorted(zip(ids, prices.tolist(), strict=True)))


def _capacities(path: Path, faults: list[Fault]) -> dict[str, int]:
    """Each mentor's number of places."""
    places: dict[str, int] = {}
    for row in table(path, ("mentor", "capacity"), (), faults):
        mentor = row.cells["mentor"]
        if not mentor:
            faults.append(Fault(str(path), row.number, "mentor", "is empty"))
        elif mentor in places:
            faults.append(Fault(str(path), row.number, "mentor", f"{mentor!r} is already in an earlier row"))
        try:
            places.setdefault(mentor, whole(row.cells["capacity"], 0, MOST_PLACES))
        except ValueError as error:
            faults.append(Fault(str(path), row.number, "capacity", str(error)))
    return places


def _pair_rows(path: Path, faults: list[Fault]) -> Iterator[tuple[int, str, str, int]]:
    """Every good row of a file of pairs, as it is read: there may be tens of millions."""
    rows = lines(path, faults)
    if rows is None:
        return
    number, header = next(rows, (1, []))
    names = [name.strip().lower() for name in header]
    if sorted(names) != sorted(HEADER):
        faults.append(Fault(str(path), number, "", f"the header must be {','.join(HEADER)}, not {','.join(names)}"))
        return
    at_mentee, at_mentor, at_value = (names.index(name) for name in HEADER)
    for number, cells in rows:
        if len(cells) != len(HEADER):
            if any(cell.strip() for cell in cells):
                faults.append(Fault(str(path), number, "", f"has {len(cells)} cells; it must have {len(HEADER)}"))
            continue
        mentee, mentor = cells[at_mentee].strip(), cells[at_mentor].strip()
        faults += [
            Fault(str(path), number, name, "is empty") for name in HEADER[:2] if not cells[names.index(name)].strip()
        ]
        try:
            yield number, mentee, mentor, whole(cells[at_value].strip(), 0, MOST)
        except ValueError as error:
            faults.append(Fault(str(path), number, "value", str(error)))
        if len(faults) >= MOST_FAULTS:
            faults.append(Fault(str(path), number, "", f"and perhaps more: stopped after {MOST_FAULTS} faults"))
            return
