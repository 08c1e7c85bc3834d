"""What a mentor and mentee did together, month by month."""

from uuid import UUID

from django.http import HttpResponse

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.views.pages import show
from ithaca.records.mentorships.writing.queries import timeline as timeline_queries
from ithaca.tools.vault.errors import Locked, NotGranted, Tampered


def timeline(request: Request, pk: UUID) -> HttpResponse:
    """Show what a mentor and mentee did together. Most of it needs nobody's key."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    try:
        found = timeline_queries.timeline_of(room.row, request.actor.keyring)
    except (NotGranted, Tampered):
        found = timeline_queries.timeline_of(room.row, None)
    return show(request, room, "timeline", timeline=found)


def unlocked(request: Request, pk: UUID) -> HttpResponse:
    """Show the same to one who unlocks to see the goals too."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    if request.actor.keyring is None:
        raise Locked("goals and phases are the two's own")
    return timeline(request, room.row.pk)
