"""What comes in a room below the messages and can be left alone: questions, feedback, the phase."""

from datetime import datetime
from typing import Any

from ithaca.access.gate import Opened
from ithaca.journeys.meeting.views.pages import press
from ithaca.records import times
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.room.actions import agreement_reviews
from ithaca.records.mentorships.room.queries import pulse
from ithaca.records.mentorships.room.queries.rooms import Room
from ithaca.records.mentorships.room.queries.sides import Sides
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.records.mentorships.writing.queries import feedback, notes, phases


def asides(room: Opened[Mentorship], shown: Room, sides: Sides, at: datetime) -> dict[str, Any]:
    """Return the context of `meeting/asides.html`, in three queries at most. Nothing raises while it is locked."""
    row, scheme, keyring = room.row, room.row.scheme, room.actor.keyring
    today, agreed = times.london_date(at), shown.agreement.in_force
    return {
        "feedback": feedback.latest_of(row, shown.past, room.party, keyring, at) if scheme.feedback else None,
        "phases": phases.phases_if_open(row, keyring) if scheme.phases else (),
        "pulse_waits": pulse.waits(sides.mine, row, today),
        "review_due": row.stage == MentorshipStage.ACTIVE
        and agreed is not None
        and agreement_reviews.is_due(agreed, today),
        "pause_is_over": row.paused_until is not None and row.paused_until <= today,
        "unread_notes": notes.unread(row, room.actor.id, sides.notes_read_until),
        "ask": press("ask"),
        "skip": press("skip"),
    }
