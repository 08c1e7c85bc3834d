"""What stands in a room below the messages and can be left alone: questions, what was said, where the two are."""

from datetime import datetime
from typing import Any

from ithaca.access.gate import Opened
from ithaca.journeys.meeting.views.showing import press
from ithaca.records import times
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.room.actions import agreement_reviews
from ithaca.records.mentorships.room.queries import pulse
from ithaca.records.mentorships.room.queries.rooms import Room
from ithaca.records.mentorships.room.queries.sides import Sides
from ithaca.records.mentorships.writing.queries import feedback, notes, phases


def asides(opened: Opened[Mentorship], room: Room, sides: Sides, at: datetime) -> dict[str, Any]:
    """The context of `meeting/asides.html`, in three queries at most. Nothing in it raises while it is locked."""
    row, scheme, keyring = opened.row, opened.row.scheme, opened.actor.keyring
    today, agreed = times.london_date(at), room.agreement.in_force
    return {
        "echo": feedback.latest_of(row, room.past, opened.party, keyring, at) if scheme.feedback else None,
        "way": phases.phases_if_open(row, keyring) if scheme.phases else (),
        "rating_waits": pulse.waits(sides.mine, row, today),
        "review_due": row.stage == "active" and agreed is not None and agreement_reviews.is_due(agreed, today),
        "pause_is_over": row.paused_until is not None and row.paused_until <= today,
        "unread_notes": notes.unread(row, opened.actor.id, sides.notes_read_until),
        "asking": press("ask"),
        "passing": press("pass-by"),
    }
