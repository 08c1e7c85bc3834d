"""How many sessions a scheme pays for."""

from collections.abc import Iterable
from dataclasses import dataclass

from ithaca.records.mentorships.rules.stages.room import CAME_TO_NOTHING


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many sessions are funded in all, None where a scheme does not count them, and how many are used or booked."""

    total: int | None
    used: int
    may_go_on: bool

    @property
    def left(self) -> int:
        return max(0, (self.total or 0) - self.used)

    @property
    def forbids(self) -> bool:
        return self.total is not None and self.used >= self.total and not self.may_go_on


def allowance_among(total: int | None, held_before: int, stages: Iterable[str], *, may_go_on: bool) -> Allowance:
    """Count the funded sessions of one mentorship from the stages of its sessions.

    `total` is None in a scheme that does not count them; `held_before` are sessions held before the pair came here.
    A session that was called off, or did not happen, uses none.
    """
    if total is None:
        return Allowance(None, 0, may_go_on=True)
    used = held_before + sum(stage not in CAME_TO_NOTHING for stage in stages)
    return Allowance(total, used, may_go_on)
