"""Working days, by which the desk says that something is late."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithaca.records.times import working_days_after

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2026, 11, 23), 2, date(2026, 11, 25)),  # Monday to Wednesday
        (date(2026, 11, 27), 2, date(2026, 12, 1)),  # over a weekend
        (date(2026, 12, 24), 2, date(2026, 12, 30)),  # over Christmas, Boxing Day's Monday among the holidays
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Good Friday and Easter Monday
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # a Saturday counts from the Monday on
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_weekends_and_bank_holidays_do_not_count(day: date, count: int, then: date) -> None:
    assert working_days_after(day, count) == then


@given(day=DAYS, count=st.integers(1, 15))
def test_one_day_at_a_time_comes_to_the_same_and_never_lands_on_a_weekend(day: date, count: int) -> None:
    stepped = day
    for _ in range(count):
        stepped = working_days_after(stepped, 1)
    assert stepped == working_days_after(day, count)
    assert stepped.weekday() < 5
    assert stepped >= day + timedelta(days=count)
