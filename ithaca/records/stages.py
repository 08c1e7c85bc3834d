"""What a stage table is: pure data, rows of (from, act, by) → to, and the questions one may ask of it.

Each noun has an enumeration of its stages and one of its acts, beside its table: `RequestStage.WAITING`,
`RequestAct.WITHDRAW`. The database, the ledger, addresses and templates hold their plain values ("waiting",
"withdraw"), so a value never changes once a row has it; a member's name may.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar


class Party(StrEnum):
    """Who someone is to a record. A person is at most one party to a record (`access/gate.py` decides which)."""

    VISITOR = "visitor"
    MEMBER = "member"
    MENTEE = "mentee"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    MEDIATOR = "mediator"
    SCHEDULE = "schedule"


class Stage(StrEnum):
    """Where a record is in its life. Every noun has an enumeration of its own."""


class Act(StrEnum):
    """What is done to a record. Every noun has an enumeration of its own."""


SomeStage = TypeVar("SomeStage", bound=Stage)
SomeAct = TypeVar("SomeAct", bound=Act)


class Impossible(Exception):
    """The act is not open to this party at this stage; nothing was changed."""

    def __init__(self, noun: str, stage: str, act: str, by: Party) -> None:
        super().__init__(f"{noun}: {by} cannot {act} when {stage}")
        self.noun, self.stage, self.act, self.by = noun, stage, act, by


@dataclass(frozen=True, slots=True)
class Row(Generic[SomeStage, SomeAct]):
    """One permitted step: in stage `frm`, `act` by any of `by` leads to stage `to`."""

    frm: SomeStage
    act: SomeAct
    by: frozenset[Party]
    to: SomeStage


def rows(
    stages: Iterable[SomeStage], act: SomeAct, by: Iterable[Party], to: SomeStage
) -> Iterator[Row[SomeStage, SomeAct]]:
    """Yield a row for each of the `stages`."""
    for stage in stages:
        yield Row(stage, act, frozenset(by), to)


@dataclass(frozen=True)
class StageTable(Generic[SomeStage, SomeAct]):
    """All the steps of one noun. `first` is the stage a new row starts in.

    A stage may be asked for by its plain value, as a row of the database has it; an act only by its enumeration.
    """

    noun: str
    first: SomeStage
    rows: tuple[Row[SomeStage, SomeAct], ...]
    _index: dict[tuple[str, str], Row[SomeStage, SomeAct]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[tuple[str, str], Row[SomeStage, SomeAct]] = {(row.frm, row.act): row for row in self.rows}
        if len(index) != len(self.rows):
            raise ValueError(f"{self.noun}: an act is listed twice for one stage")
        object.__setattr__(self, "_index", index)

    @property
    def stages(self) -> tuple[SomeStage, ...]:
        """Every stage, in the order of its first appearance."""
        return tuple(dict.fromkeys([self.first, *(stage for row in self.rows for stage in (row.frm, row.to))]))

    @property
    def acts(self) -> frozenset[SomeAct]:
        return frozenset(row.act for row in self.rows)

    def to(self, stage: str, act: SomeAct, by: Party) -> SomeStage:
        """Return the stage that follows. Raises `Impossible` unless the table has such a row."""
        row = self._index.get((stage, act))
        if row is None or by not in row.by:
            raise Impossible(self.noun, stage, act, by)
        return row.to

    def allows(self, stage: str, act: SomeAct, by: Party) -> bool:
        row = self._index.get((stage, act))
        return row is not None and by in row.by

    def parties(self, act: SomeAct) -> frozenset[Party]:
        """Everyone who may perform the act at some stage."""
        return frozenset().union(*(row.by for row in self.rows if row.act == act))


def table(noun: str, first: SomeStage, *groups: Iterator[Row[SomeStage, SomeAct]]) -> StageTable[SomeStage, SomeAct]:
    """Build a table from groups of rows."""
    return StageTable(noun, first, tuple(row for group in groups for row in group))


AnyTable = StageTable[Any, Any]
"""The table of whichever noun."""
