"""Which row of a sheet holds the headings, and what they mean: by memory, by name, by other names, by likeness."""

from collections.abc import Mapping, Sequence

from ithaca.records.mentorships.importing.cells import plain
from ithaca.records.mentorships.importing.columns import Column

SLIPS = ((9, 2), (4, 1))
"""A heading of so many letters may have so many slips of the keyboard in it; a shorter one none."""
LOOKED_AT = 20


def heading_row(rows: Sequence[Sequence[str]], columns: Sequence[Column], memory: Mapping[str, str]) -> int:
    """Where the headings are: the row of the first twenty in which most are known, else the first with anything in it.

    A title above the headings, or a row of merged headings over them, is passed over.
    """
    known = [sum(bool(name) for name in guess(row, columns, memory)) for row in rows[:LOOKED_AT]]
    if max(known, default=0) > 0:
        return known.index(max(known))
    return next(number for number, row in enumerate(rows) if any(row))


def guess(headings: Sequence[str], columns: Sequence[Column], memory: Mapping[str, str]) -> list[str]:
    """Guess the name of the column that each heading means, "" where none fits; no column is used twice."""
    open_ones = {column.name: column for column in columns}
    found = [""] * len(headings)
    bare = [plain(heading) for heading in headings]

    def take(number: int, name: str) -> None:
        found[number] = name
        del open_ones[name]

    for number, heading in enumerate(bare):
        if memory.get(heading) in open_ones:
            take(number, memory[heading])
    for titles_only in (True, False):
        for number, heading in enumerate(bare):
            if heading and not found[number] and heading not in memory:
                names = {name: column for name, column in open_ones.items() if heading in _called(column, titles_only)}
                if names:
                    take(number, next(iter(names)))
    for number, heading in enumerate(bare):
        if not found[number] and heading not in memory:
            called = {also: name for name, column in open_ones.items() for also in _called(column, False)}
            like = [also for also in called if slips(heading, also) <= _allowed(heading)]
            if like:
                take(number, called[min(like, key=lambda also: slips(heading, also))])
    return found


def _called(column: Column, title_only: bool) -> list[str]:
    own = [plain(str(column.title)), plain(column.name)]
    return own if title_only else [*own, *map(plain, column.also)]


def _allowed(heading: str) -> int:
    return next((most for length, most in SLIPS if len(heading) >= length), 0)


def slips(left: str, right: str) -> int:
    """How many letters were left out, put in, mistaken or swapped with the next (optimal string alignment)."""
    if abs(len(left) - len(right)) > SLIPS[0][1]:
        return SLIPS[0][1] + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(right, start=1):
            best = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
    return row[-1]
