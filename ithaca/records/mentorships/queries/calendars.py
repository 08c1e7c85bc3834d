"""A session or a first chat as a calendar file, for one of the two."""

from datetime import datetime

from ithaca.records.mentorships.letters import chatting
from ithaca.records.mentorships.letters.meeting import appointment
from ithaca.records.mentorships.models import Introduction, Session
from ithaca.records.stages import Party
from ithaca.tools.post import calendar
from ithaca.tools.post.outbox import Invitation


def file_for(session: Session, party: Party, at: datetime) -> Invitation:
    """The same file as the newest letter about this session carried."""
    room = session.mentorship
    theirs = appointment(session, room.mentee if party is Party.MENTEE else room.mentor)
    return calendar.cancel(theirs, at) if session.stage == "cancelled" else calendar.request(theirs, at)


def chat_file_for(introduction: Introduction, party: Party, at: datetime) -> Invitation | None:
    """The first chat as the newest letter about it carried it; None while it has no time, or none any more."""
    if introduction.chat_at is None or introduction.stage != "first_chat":
        return None
    person = introduction.request.membership if party is Party.MENTEE else introduction.standing.membership
    return calendar.request(chatting.appointment(introduction, person), at)
