"""Concrete times out of half-days: the next few moments that suit, by the clock of London. Computed, never stored."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from ithaca.records import times
from ithaca.records.schemes.vocabulary import DAYS, PARTS_OF_DAY

STARTS = {"am": time(10), "pm": time(14), "eve": time(18)}
"""When a session starts that is proposed for a part of a day."""
MANY = 10
LOOK_AHEAD = 120
"""Days: half-days that never come (every Monday taken) end the search there."""

Span = tuple[datetime, datetime]


def next_times(
    slots: Collection[str], after: date, taken: Collection[Span] = (), minutes: int = 60, many: int = MANY
) -> tuple[datetime, ...]:
    """Return the first `many` moments in UTC after this day that lie in these slots and in none of the taken spans.

    Slots are codes of `vocabulary.SLOTS`. Bank holidays of England are passed over.
    """
    length = timedelta(minutes=minutes)
    free = (at for at in _moments(slots, after) if not any(begin < at + length and at < end for begin, end in taken))
    return tuple(islice(free, many))


def _moments(slots: Collection[str], after: date) -> Iterator[datetime]:
    for ahead in range(1, LOOK_AHEAD + 1):
        day = after + timedelta(days=ahead)
        if times.bank_holiday(day):
            continue
        name = list(DAYS)[day.weekday()]
        for part in PARTS_OF_DAY:
            if f"{name}-{part}" in slots:
                yield times.moment(day, STARTS[part]).at
