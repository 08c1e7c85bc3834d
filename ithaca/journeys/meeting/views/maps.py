"""Maps: places to visit in a conversation, in any order. Nothing on them has to be filled in."""

from uuid import UUID

from django.http import HttpResponse

from ithaca.access import gate
from ithaca.access.gate import NotFound
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.charts import drawn
from ithaca.journeys.meeting.forms.notes import NoteForm
from ithaca.journeys.meeting.views.pages import press, show, unreadable
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.rules import maps
from ithaca.records.mentorships.rules.maps import Map
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.records.mentorships.writing.queries import notes as notes_queries
from ithaca.tools.vault.errors import NotGranted


def grow(request: Request, pk: UUID) -> HttpResponse:
    """Show GROW: four places."""
    return _map(request, pk, maps.GROW)


def helper(request: Request, pk: UUID) -> HttpResponse:
    """Show the Skilled Helper: nine places."""
    return _map(request, pk, maps.HELPER)


def _map(request: Request, pk: UUID, chosen: Map) -> HttpResponse:
    """Show the picture, its questions, and the notes at each place; a locked person sees all but the notes."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    if not room.row.scheme.maps:
        raise NotFound("maps")
    keyring = request.actor.keyring
    try:
        notes = notes_queries.notes_by_place(room.row, keyring) if keyring else {}
    except NotGranted:
        return unreadable(request, room)
    sides = sides_queries.sides_of(room.row, request.actor.id)
    places = [
        (place, notes.get(place.code, []), press(place.anchor, NoteForm, place=place.code)) for place in chosen.places
    ]
    return show(
        request,
        room,
        "map",
        map=chosen,
        chart=drawn(chosen, {code: len(found) for code, found in notes.items()}),
        places=places,
        sides=sides,
        locked=keyring is None,
        writes=room.row.stage != MentorshipStage.ENDED and not sides.no_record,
    )
