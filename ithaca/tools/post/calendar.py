"""Calendar files that a real calendar accepts, and that say nothing to one who looks over a shoulder.

One invitation a person: the service is the organiser and the recipient the only attendee. The title is neutral, there
is no place and no name, and the one link leads to a page that asks who you are. Times are written in UTC: what
`icalendar` says of Europe/London moves to summer an hour late (RFC 5545, 3.3.5 form 2 needs no time zone at all).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from ithaca.tools.post.outbox import Invitation


@dataclass(frozen=True, slots=True)
class Appointment:
    """One meeting as one person's calendar will know it.

    Attributes:
        id: the same for as long as the appointment lives; its UID is made of it.
        sequence: rises with every update, the cancellation included (RFC 5545, 3.8.7.4).
        starts_at: aware; `minutes` is how long it takes.
        path: the page on this site, the only thing that the file says of it.
        attendee: the recipient's email address.
    """

    id: UUID
    sequence: int
    starts_at: datetime
    minutes: int
    path: str
    attendee: str


def request(appointment: Appointment, at: datetime) -> Invitation:
    """Return the invitation, or its update if the sequence has risen. `at` is when it was written."""
    return _invitation("REQUEST", "CONFIRMED", appointment, at)


def cancel(appointment: Appointment, at: datetime) -> Invitation:
    """Return the cancellation, which takes the appointment out of the calendar."""
    return _invitation("CANCEL", "CANCELLED", appointment, at)


def _invitation(method: str, status: str, appointment: Appointment, at: datetime) -> Invitation:
    link = f"{settings.BASE_URL}{appointment.path}"
    starts_at = appointment.starts_at.astimezone(UTC)
    event = Event()
    event.add("uid", f"{appointment.id}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=appointment.minutes))
    event.add("summary", _("Appointment"))
    event.add("description", link)
    event.add("url", link)
    event.add("class", "PRIVATE")
    event.add("status", status)
    event.add("organizer", _address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    event.add("attendee", _attendee(appointment.attendee))
    calendar = Calendar()
    calendar.add("prodid", "-//Ithaca//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return Invitation(calendar.to_ical().decode(), method)


def _address(email: str) -> vCalAddress:
    return vCalAddress(f"mailto:{email}")


def _attendee(email: str) -> vCalAddress:
    """Return the recipient as attendee. No reply is asked for: nobody reads the organiser's mailbox."""
    address = _address(email)
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = "NEEDS-ACTION"
    address.params["RSVP"] = "FALSE"
    return address
