"""What a stage table is: pure data, rows of (from, act, by) → to, and the questions one may ask of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Party(StrEnum):
    """Who someone is to a record. A person is at most one party to a record (`access/gate.py` decides which)."""

    VISITOR = "visitor"
    MEMBER = "member"
    MENTEE = "mentee"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    MEDIATOR = "mediator"
    SCHEDULE = "schedule"


class Impossible(Exception):
    """The act is not open to this party at this stage; nothing was changed."""

    def __init__(self, noun: str, stage: str, act: str, by: Party) -> None:
        super().__init__(f"{noun}: {by} cannot {act} when {stage}")
        self.noun, self.stage, self.act, self.by = noun, stage, act, by


@dataclass(frozen=True, slots=True)
class Row:
    """One permitted step: in stage `frm`, `act` by any of `by` leads to stage `to`."""

    frm: str
    act: str
    by: frozenset[Party]
    to: str


def rows(stages: str, act: str, by: Iterable[Party], to: str) -> Iterator[Row]:
    """Yield a row for each of the space-separated `stages`."""
    for stage in stages.split():
        yield Row(stage, act, frozenset(by), to)


@dataclass(frozen=True)
class StageTable:
    """All the steps of one noun. `first` is the stage a new row starts in."""

    noun: str
    first: str
    rows: tuple[Row, ...]
    _index: dict[tuple[str, str], Row] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {(row.frm, row.act): row for row in self.rows}
        if len(index) != len(self.rows):
            raise ValueError(f"{self.noun}: an act is listed twice for one stage")
        object.__setattr__(self, "_index", index)

    @property
    def stages(self) -> tuple[str, ...]:
        """Every stage, in the order of its first appearance."""
        return tuple(dict.fromkeys([self.first, *(stage for row in self.rows for stage in (row.frm, row.to))]))

    @property
    def acts(self) -> frozenset[str]:
        return frozenset(row.act for row in self.rows)

    def to(self, stage: str, act: str, by: Party) -> str:
        """Return the stage that follows. Raises `Impossible` unless the table has such a row."""
        row = self._index.get((stage, act))
        if row is None or by not in row.by:
            raise Impossible(self.noun, stage, act, by)
        return row.to

    def allows(self, stage: str, act: str, by: Party) -> bool:
        row = self._index.get((stage, act))
        return row is not None and by in row.by

    def parties(self, act: str) -> frozenset[Party]:
        """Everyone who may perform the act at some stage."""
        return frozenset().union(*(row.by for row in self.rows if row.act == act))


def table(noun: str, first: str, *groups: Iterator[Row]) -> StageTable:
    """Build a table from groups of rows."""
    return StageTable(noun, first, tuple(row for group in groups for row in group))
