"""The clock of London, through both nights on which it changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithaca.records import times


def test_summer_and_winter_differ_by_an_hour() -> None:
    assert times.moment(date(2026, 8, 3), time(16, 30)).at == datetime(2026, 8, 3, 15, 30, tzinfo=UTC)
    assert times.moment(date(2026, 11, 30), time(16, 30)).at == datetime(2026, 11, 30, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize("clock", [time(1, 0), time(1, 30), time(1, 59)])
def test_an_hour_of_march_does_not_exist(clock: time) -> None:
    with pytest.raises(times.NoSuchTime):
        times.moment(date(2027, 3, 28), clock)


@pytest.mark.parametrize(("clock", "hour"), [(time(0, 59), 0), (time(2, 0), 1)])
def test_the_times_around_that_hour_do(clock: time, hour: int) -> None:
    assert times.moment(date(2027, 3, 28), clock).at == datetime(2027, 3, 28, hour, clock.minute, tzinfo=UTC)


def test_an_hour_of_october_comes_twice_and_the_earlier_is_taken() -> None:
    found = times.moment(date(2026, 10, 25), time(1, 30))
    assert found.comes_twice
    assert found.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert not times.moment(date(2026, 10, 25), time(2, 0)).comes_twice


@given(st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31)))  # noqa: DTZ001 - what a person types
def test_a_moment_shows_the_time_that_was_typed(typed: datetime) -> None:
    try:
        found = times.moment(typed.date(), typed.time())
    except times.NoSuchTime:
        assert typed.month == 3
        assert typed.hour == 1
    else:
        assert found.at.astimezone(times.LONDON).replace(tzinfo=None) == typed
        if found.comes_twice:
            assert (found.at + timedelta(hours=1)).astimezone(times.LONDON).replace(tzinfo=None) == typed


def test_bank_holidays_are_those_of_england() -> None:
    assert times.bank_holiday(date(2026, 12, 25))
    assert times.bank_holiday(date(2026, 8, 31))
    assert times.bank_holiday(date(2026, 11, 30)) is None, "St Andrew's Day is Scotland's"


@given(st.dates(date(2024, 1, 1), date(2060, 1, 1)))
def test_what_is_kept_for_a_year_is_kept_to_the_end_of_a_month(ended: date) -> None:
    until = times.year_after(ended)
    assert (until.year, until.month) == (ended.year + 1, ended.month)
    assert (until + timedelta(days=1)).day == 1
