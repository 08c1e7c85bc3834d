"""Letters about a time to meet. Each carries a calendar file made for its reader alone."""

from datetime import datetime

from django.utils.translation import gettext as _

from ithaca.records import times
from ithaca.records.members.emails import addressing
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Session
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post import calendar
from ithaca.tools.post.outbox import Invitation, Letter


def session_scheduled(session: Session, scheme: Scheme, to: Membership, at: datetime) -> Letter:
    return _letter(
        session,
        scheme,
        to,
        "session_scheduled",
        _("A time is set: %(when)s") % {"when": times.in_words(session.starts_at)},
        (
            _("A time is set for %(when)s.") % {"when": times.in_words(session.starts_at)},
            _("The file with this letter puts it in your calendar, with a title that says nothing."),
            _("The page shows how to join. You can move the time or call it off there."),
        ),
        calendar.request(appointment(session, to), at),
    )


def session_moved(session: Session, scheme: Scheme, to: Membership, at: datetime) -> Letter:
    return _letter(
        session,
        scheme,
        to,
        "session_moved",
        _("Changed: %(when)s") % {"when": times.in_words(session.starts_at)},
        (
            _("A time that was set has changed. It is now %(when)s.") % {"when": times.in_words(session.starts_at)},
            _("The file with this letter changes it in your calendar. The page shows how to join."),
        ),
        calendar.request(appointment(session, to), at),
    )


def session_cancelled(session: Session, scheme: Scheme, to: Membership, at: datetime) -> Letter:
    return _letter(
        session,
        scheme,
        to,
        "session_cancelled",
        _("Called off: %(when)s") % {"when": times.in_words(session.starts_at)},
        (
            _("The time that was set for %(when)s is called off. You do not need to do anything.")
            % {"when": times.in_words(session.starts_at)},
            _("The file with this letter takes it out of your calendar."),
        ),
        calendar.cancel(appointment(session, to), at),
    )


def appointment(session: Session, to: Membership) -> calendar.Appointment:
    """The session as this person's calendar knows it."""
    return calendar.Appointment(
        session.pk, session.sequence, session.starts_at, session.minutes, f"/sessions/{session.pk}/", to.user.email
    )


def _letter(
    session: Session,
    scheme: Scheme,
    to: Membership,
    kind: str,
    subject: str,
    paragraphs: tuple[str, ...],
    invitation: Invitation,
) -> Letter:
    return Letter(
        addressing.member(to),
        kind,
        subject,
        paragraphs,
        _("See the details"),
        f"/sessions/{session.pk}/",
        scheme.name,
        invitation,
    )
