"""From the date and the time that someone types to a moment, by the clock of London: computed, never stored.

The clock jumps from 1am to 2am on the last Sunday of March, so some times do not exist; on the last Sunday of October
it goes back from 2am to 1am, so some come twice.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

LONDON = ZoneInfo("Europe/London")


class NoSuchTime(ValueError):
    """The clocks go forward that night and leave this time out."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC. `comes_twice` when the clock shows its local time twice that night; this is the earlier."""

    at: datetime
    comes_twice: bool = False


def moment(day: date, clock: time) -> Moment:
    """Return the moment at which a clock in London shows this; raises NoSuchTime."""
    local = datetime.combine(day, clock.replace(tzinfo=None), LONDON)
    at = local.astimezone(UTC)
    if at.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime
    return Moment(at, comes_twice=local.replace(fold=1).utcoffset() != local.utcoffset())


def london_date(at: datetime) -> date:
    """Return the date in London at this moment."""
    return at.astimezone(LONDON).date()


def in_words(at: datetime) -> str:
    """Monday 3 August 2026 at 4:30pm, by the clock of London."""
    local = at.astimezone(LONDON)
    minutes = f":{local.minute:02}" if local.minute else ""
    clock = f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"
    return _("%(day)s at %(clock)s") % {"day": date_format(local, "l j F Y"), "clock": clock}


def bank_holiday(day: date) -> str | None:
    """Return the name of the bank holiday of England on this day, if it is one."""
    return bank_holidays(day.year).get(day)


def year_after(day: date) -> date:
    """Return the last day of the same month a year on: what falls due then falls due with that month."""
    first_of_next = date(day.year + 1 + day.month // 12, day.month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)


def day(moment: date | datetime) -> date:
    """Return the date of a moment in London."""
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def working_days_after(day: date, count: int) -> date:
    """Return the date `count` working days after `day`, by the bank holidays of England."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in bank_holidays(day.year):
            count -= 1
    return day


@cache
def bank_holidays(year: int) -> dict[date, str]:
    """Return the bank holidays of England in a year, with their names."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))
