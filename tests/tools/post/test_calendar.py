"""Calendar files as a real calendar reads them: by another library than the one that writes them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from ithaca.tools.post import calendar, delivery, outbox
from ithaca.tools.post.calendar import Appointment

LONDON = ZoneInfo("Europe/London")
AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


def appointment(starts_at: datetime, minutes: int = 60, sequence: int = 0) -> Appointment:
    return Appointment(uuid4(), sequence, starts_at, minutes, "/sessions/x/", "mina@practice.example")


@pytest.mark.parametrize(
    ("local", "utc_hour"),
    [
        (datetime(2027, 3, 27, 10, tzinfo=LONDON), 10),  # the day before the clocks go forward
        (datetime(2027, 3, 28, 10, tzinfo=LONDON), 9),
        (datetime(2027, 10, 30, 10, tzinfo=LONDON), 9),  # the day before they go back
        (datetime(2027, 10, 31, 10, tzinfo=LONDON), 10),
    ],
)
def test_times_are_right_across_both_clock_changes(local: datetime, utc_hour: int) -> None:
    event = vobject.readOne(calendar.request(appointment(local), AT).text).vevent
    assert event.dtstart.value == local
    assert event.dtstart.value.astimezone(UTC).hour == utc_hour
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=60)
    assert "TZID" not in event.serialize()


@given(st.datetimes(datetime(2025, 1, 1), datetime(2035, 1, 1)), st.sampled_from([60, 90]))  # noqa: DTZ001 - made UTC below
def test_every_time_comes_back(drawn: datetime, minutes: int) -> None:
    starts_at = drawn.replace(microsecond=0, tzinfo=UTC).astimezone(LONDON)
    event = vobject.readOne(calendar.request(appointment(starts_at, minutes), AT).text).vevent
    assert event.dtstart.value == starts_at.astimezone(UTC)
    assert (event.dtend.value - event.dtstart.value).total_seconds() == minutes * 60


def test_request_and_cancellation_are_of_one_appointment() -> None:
    first = appointment(AT)
    asked = vobject.readOne(calendar.request(first, AT).text)
    off = vobject.readOne(calendar.cancel(Appointment(first.id, 1, AT, 60, first.path, first.attendee), AT).text)
    assert (asked.method.value, asked.vevent.status.value) == ("REQUEST", "CONFIRMED")
    assert (off.method.value, off.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert asked.vevent.uid.value == off.vevent.uid.value
    assert int(off.vevent.sequence.value) > int(asked.vevent.sequence.value)
    for file in (asked, off):
        file.validate(raiseException=True)


def test_it_says_nothing(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Post room <post@ithaca.example>"
    text = calendar.request(appointment(AT), AT).text
    event = vobject.readOne(text).vevent
    assert event.summary.value == "Appointment"
    assert event.organizer.value == "mailto:post@ithaca.example"
    assert [attendee.value for attendee in event.attendee_list] == ["mailto:mina@practice.example"]
    assert event.description.value == event.url.value == f"{settings.BASE_URL}/sessions/x/"
    assert "location" not in event.contents
    assert "mentor" not in text.lower()


def test_lines_are_short_and_end_as_the_standard_says() -> None:
    lines = calendar.request(appointment(AT), AT).text.encode().split(b"\r\n")
    assert len(lines) > 10
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


@pytest.mark.django_db
def test_it_leaves_with_its_letter_as_a_calendar_understands() -> None:
    invitation = calendar.request(appointment(AT), AT)
    to = outbox.Recipient(None, "mina@practice.example")
    outbox.put(outbox.Letter(to, "test", "A time is set", ("Text",), "See", "/x/", outbox.SERVICE, invitation), AT)
    assert delivery.deliver_due(AT) == 1
    parts = [part for part in mail.outbox[0].message().walk() if part.get_content_type() == "text/calendar"]
    assert parts
    for part in parts:
        assert part.get_param("method") == "REQUEST"
        received = part.get_payload(decode=True)
        assert isinstance(received, bytes)
        assert vobject.readOne(received.decode()).vevent.dtstart.value == AT
