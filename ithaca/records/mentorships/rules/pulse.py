"""How good mentoring is for people, as a scheme may know it: averages of five people and more, of what is over.

Pure: it computes from what it is handed. Nobody answers twice in a quarter, so that answers can be counted as people
although nobody knows whose they are. A quarter that is over changes no more. Quarters with few answers wait and are
joined with those after them, so each answer is in one average at most, and what was published never changes: nobody
can subtract one page from another to learn of fewer than five.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SCORES = (1, 2, 3, 4, 5)
LEAST = 5
"""An average is of so many people at least."""
AIM = 4.3
FIRST_AFTER, EVERY = timedelta(days=30), timedelta(days=60)
"""People are asked so long after they began, and then no more often than this, nor twice in a quarter."""
TIME_TO_ANSWER = timedelta(days=14)
"""A question lapses with its quarter, so nobody is asked in its last days."""


@dataclass(frozen=True, slots=True)
class Average:
    """What people of one side said from the first day of a quarter to the last day of the same or a later one."""

    first: date
    last: date
    answers: int
    mean: float


def is_due(began_on: date, asked_on: date | None, today: date) -> bool:
    """Say whether somebody who began then, and was last asked then, is to be asked today."""
    if next_quarter(today) - today < TIME_TO_ANSWER:
        return False
    if asked_on is None:
        return today >= began_on + FIRST_AFTER
    return today >= max(asked_on + EVERY, next_quarter(asked_on))


def is_open(asked_on: date | None, today: date) -> bool:
    """Say whether a question that was asked then can still be answered, if nobody has closed it."""
    return asked_on is not None and quarter_of(asked_on) == quarter_of(today)


def quarter_of(day: date) -> date:
    """Return the first day of the quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def next_quarter(day: date) -> date:
    """Return the first day of the quarter after this day's."""
    return quarter_of(quarter_of(day) + timedelta(days=100))


def published(counts: Mapping[date, Mapping[int, int]], today: date) -> tuple[Average, ...]:
    """Return the averages of one side that may be shown today, the oldest first.

    `counts` holds that side's answers: {quarter: {score: how many}}.
    In so many quarters four people can give four times as many answers; one more, and there are five people.
    """
    found: list[Average] = []
    first, quarters, answers, total = date.min, 0, 0, 0
    for quarter in sorted(quarter for quarter in counts if next_quarter(quarter) <= today):
        first = first if quarters else quarter
        quarters += 1
        answers += sum(counts[quarter].values())
        total += sum(score * number for score, number in counts[quarter].items())
        if answers > (LEAST - 1) * quarters:
            found.append(Average(first, next_quarter(quarter) - timedelta(days=1), answers, total / answers))
            quarters, answers, total = 0, 0, 0
    return tuple(found)
