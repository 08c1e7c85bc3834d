"""A bare instance in files: pairs with their values and mentors with their capacities, and the answer as JSON."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from matchmaker.pairs import MOST, Edges, Ints, Pairs, keys_of, pairs_of
from matchmaker.sheets import MOST_FAULTS, Fault, SheetError, lines, table, whole, whole_of

HEADER = ("mentee", "mentor", "value")
MOST_PLACES = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """Pairs, and the ids their rows and columns stand for."""

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    pairs: Pairs


def read_instance(pairs: Path, capacity: Path | None = None) -> Instance:
    """Read an instance from a file of mentee, mentor, value and one of mentor, capacity (1 where absent).

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
    """Solve an instance. Return plain data: total and bound, pairs, and the prices that prove it."""
    from matchmaker.solve import canonical, solve

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


def faults_of_assignment(instance: Instance, answer: Mapping[str, Any]) -> list[str]:
    """List everything that keeps an answer from being proved best for the instance: empty if it is. No solver."""
    pairs = instance.pairs
    try:
        made = [(str(e), str(r), whole_of(value)) for e, r, value in answer["pairs"]]
        u = np.array([whole_of(answer["mentee_price"][e]) for e in instance.mentees], np.int64)
        v = np.array([whole_of(answer["mentor_price"][r]) for r in instance.mentors], np.int64)
        total, bound = whole_of(answer["total"]), whole_of(answer["bound"])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        return [f"the answer has not the shape of one: {type(error).__name__} {error}"]
    row, column = ({ident: k for k, ident in enumerate(ids)} for ids in (instance.mentees, instance.mentors))
    rows, mentor = pairs.rows(), pairs.mentor
    faults = [
        f"{e} and {r}: not a pair of value {value} in the instance"
        for e, r, value in made
        if e not in row or pairs.value_of(row[e], column.get(r, -1)) != value
    ]
    faults += [f"{e}: in more than one pair" for e, times in Counter(e for e, _, _ in made).items() if times > 1]
    load = Counter(r for _, r, _ in made)
    faults += [
        f"{r}: more mentees than places" for r, times in load.items() if r in column and times > pairs.places[column[r]]
    ]
    faults += [f"{instance.mentees[i]}: a price below zero" for i in np.flatnonzero(u < 0)]
    faults += [f"{instance.mentors[j]}: a price below zero" for j in np.flatnonzero(v < 0)]
    faults += [
        f"{instance.mentees[rows[k]]} and {instance.mentors[mentor[k]]}: worth more than their prices"
        for k in np.flatnonzero(u[rows] + v[mentor] < pairs.value)
    ]
    if sum(value for _, _, value in made) != total:
        faults.append("the values of the pairs do not add up to the total")
    if int(u.sum() + (v * pairs.places).sum()) != bound:
        faults.append("the prices do not add up to the bound")
    if total != bound:
        faults.append(f"the bound is {bound}, the total {total}: a better assignment is not ruled out")
    return faults


def _by_id(ids: tuple[str, ...], prices: Ints) -> dict[str, int]:
    return dict(sorted(zip(ids, prices.tolist(), strict=True)))


def _capacities(path: Path, faults: list[Fault]) -> dict[str, int]:
    """Read each mentor's number of places."""
    places: dict[str, int] = {}
    seen: set[str] = set()
    for row in table(path, ("mentor", "capacity"), (), faults):
        mentor = row.cells["mentor"]
        if not mentor:
            faults.append(Fault(str(path), row.number, "mentor", "is empty"))
        elif mentor in seen:
            faults.append(Fault(str(path), row.number, "mentor", f"{mentor!r} is already in an earlier row"))
        seen.add(mentor)
        try:
            places[mentor] = whole(row.cells["capacity"], 0, MOST_PLACES)
        except ValueError as error:
            faults.append(Fault(str(path), row.number, "capacity", str(error)))
    return places


def _pair_rows(path: Path, faults: list[Fault]) -> Iterator[tuple[int, str, str, int]]:
    """Yield every good row of a file of pairs as it is read: there may be tens of millions."""
    file, rows = str(path), lines(path, faults)
    if rows is None:
        return
    number, header = next(rows, (1, []))
    names = [name.strip().lower() for name in header]
    if sorted(names) != sorted(HEADER):
        faults.append(Fault(file, number, "", f"the header must be {','.join(HEADER)}, not {','.join(names)}"))
        return
    at_mentee, at_mentor, at_value = (names.index(name) for name in HEADER)
    for number, cells in rows:
        if len(cells) != len(HEADER):
            if any(cell.strip() for cell in cells):
                faults.append(Fault(file, number, "", f"has {len(cells)} cells; it must have {len(HEADER)}"))
            continue
        mentee, mentor = cells[at_mentee].strip(), cells[at_mentor].strip()
        if not (mentee and mentor):
            faults += [
                Fault(file, number, name, "is empty") for name in HEADER[:2] if not cells[names.index(name)].strip()
            ]
        try:
            yield number, mentee, mentor, whole(cells[at_value].strip(), 0, MOST)
        except ValueError as error:
            faults.append(Fault(file, number, "value", str(error)))
        if len(faults) >= MOST_FAULTS:
            faults.append(Fault(file, number, "", f"and perhaps more: stopped after {MOST_FAULTS} faults"))
            return
