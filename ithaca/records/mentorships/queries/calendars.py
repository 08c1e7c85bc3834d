"""A session as a calendar file, for one of the two."""

from datetime import datetime

from ithaca.records.mentorships.letters.meeting import appointment
from ithaca.records.mentorships.models import Session
from ithaca.records.stages import Party
from ithaca.tools.post import calendar
from ithaca.tools.post.outbox import Invitation


def file_for(session: Session, party: Party, at: datetime) -> Invitation:
    """The same file as the newest letter about this session carried."""
    room = session.mentorship
    theirs = appointment(session, room.mentee if party is Party.MENTEE else room.mentor)
    return calendar.cancel(theirs, at) if session.stage == "cancelled" else calendar.request(theirs, at)
