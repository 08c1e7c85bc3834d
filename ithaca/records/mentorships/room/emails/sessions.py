"""Emails about a session. Each carries a calendar file made for its reader alone."""

from datetime import datetime

from django.urls import reverse

from ithaca.records import times
from ithaca.records.members.emails.addressing import member, scheme_of
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Session
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post import calendar, letters
from ithaca.tools.post.outbox import Invitation, Letter


def session_scheduled(session: Session, scheme: Scheme, to: Membership, at: datetime) -> Letter:
    return _write("session_scheduled", session, scheme, to, calendar.request(appointment(session, to), at))


def session_moved(session: Session, scheme: Scheme, to: Membership, at: datetime) -> Letter:
    return _write("session_moved", session, scheme, to, calendar.request(appointment(session, to), at))


def session_cancelled(session: Session, scheme: Scheme, to: Membership, at: datetime) -> Letter:
    return _write("session_cancelled", session, scheme, to, calendar.cancel(appointment(session, to), at))


def appointment(session: Session, to: Membership) -> calendar.Appointment:
    """Return the session as this person's calendar knows it."""
    return calendar.Appointment(
        session.pk, session.sequence, session.starts_at, session.minutes, _page(session), to.user.email
    )


def _page(session: Session) -> str:
    return reverse("meeting:session", args=[session.pk])


def _write(kind: str, session: Session, scheme: Scheme, to: Membership, invitation: Invitation) -> Letter:
    when = times.in_words(session.starts_at)
    return letters.write(f"sessions/{kind}", member(to), _page(session), scheme_of(scheme), invitation, when=when)
