"""How good mentoring is for people, as a scheme may know it: averages of five answers and more, of what is over.

Pure: it computes from what it is handed. A quarter that is over changes no more. Quarters with few answers wait and are
joined with those after them, so each answer is in one average at most, and what was published never changes: nobody
can subtract one page from another to learn of fewer than five.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SCORES = (1, 2, 3, 4, 5)
LEAST = 5
"""As many answers as an average has at least."""
AIM = 4.3
FIRST_AFTER, EVERY = timedelta(days=30), timedelta(days=60)
"""People are asked so long after they began, and then so often."""


@dataclass(frozen=True, slots=True)
class Average:
    """What people of one side said from the first day of a quarter to the last day of the same or a later one."""

    first: date
    last: date
    answers: int
    mean: float


def asked_on(began_on: date, today: date) -> date | None:
    """The latest day, up to today, on which two who began then are to be asked; None before the first."""
    past = today - began_on - FIRST_AFTER
    return None if past < timedelta(0) else today - past % EVERY


def quarter_of(day: date) -> date:
    """The first day of the quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def next_quarter(day: date) -> date:
    """The first day of the quarter after this day's."""
    return quarter_of(quarter_of(day) + timedelta(days=100))


def published(counts: Mapping[date, Mapping[int, int]], today: date) -> tuple[Average, ...]:
    """The averages that may be shown today, the oldest first, of one side's answers: {quarter: {score: how many}}."""
    found: list[Average] = []
    first, answers, total = date.min, 0, 0
    for quarter in sorted(quarter for quarter in counts if next_quarter(quarter) <= today):
        first = first if answers else quarter
        answers += sum(counts[quarter].values())
        total += sum(score * number for score, number in counts[quarter].items())
        if answers >= LEAST:
            found.append(Average(first, next_quarter(quarter) - timedelta(days=1), answers, total / answers))
            answers, total = 0, 0
    return tuple(found)
