"""Concrete times out of half-days, right by the clock of London on every day of the year."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ithaca.records import times
from ithaca.records.mentorships.rules import free_times
from ithaca.records.schemes.vocabulary import SLOTS

LONDON = ZoneInfo("Europe/London")
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
CHOSEN = st.sets(st.sampled_from(sorted(SLOTS)), min_size=1, max_size=6)


@given(CHOSEN, DAYS)
def test_each_lies_in_a_chosen_half_day_that_is_no_holiday(chosen: set[str], after: date) -> None:
    found = free_times.next_times(chosen, after)
    assert len(found) == 10
    assert list(found) == sorted(set(found))
    for at in found:
        local = at.astimezone(LONDON)
        part = {10: "am", 14: "pm", 18: "eve"}[local.hour]
        assert f"{local:%a}".lower() + f"-{part}" in chosen
        assert local.minute == 0
        assert local.date() > after
        assert times.bank_holiday(local.date()) is None


def test_the_clock_changes_move_the_moment_and_not_the_hour() -> None:
    spring = free_times.next_times({"fri-am", "mon-am"}, date(2027, 3, 18), many=4)
    # 26 March 2027 is Good Friday and 29 March Easter Monday; the clocks go forward on 28 March
    assert [f"{at:%d %b %H}" for at in spring] == ["19 Mar 10", "22 Mar 10", "02 Apr 09", "05 Apr 09"]
    autumn = free_times.next_times({"fri-eve", "mon-eve"}, date(2026, 10, 22), many=2)
    assert [f"{at:%d %b %H}" for at in autumn] == ["23 Oct 17", "26 Oct 18"]


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 300)), max_size=5))
def test_none_meets_a_time_that_is_taken(spans: list[tuple[int, int]]) -> None:
    first = datetime(2026, 11, 24, tzinfo=UTC)
    taken = [(first + timedelta(hours=hour), first + timedelta(hours=hour, minutes=long)) for hour, long in spans]
    for at in free_times.next_times(set(SLOTS), date(2026, 11, 23), taken, minutes=90):
        assert all(end <= at or begin >= at + timedelta(minutes=90) for begin, end in taken)


def test_half_days_that_never_come_end_the_search() -> None:
    assert free_times.next_times(set(), date(2026, 11, 23)) == ()
