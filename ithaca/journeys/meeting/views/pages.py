"""What the pages of a room have in common."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from ithaca.access.gate import Opened
from ithaca.journeys.http import Request
from ithaca.journeys.meeting import words
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.room.actions.written_record import NoRecord
from ithaca.records.mentorships.room.queries.room_keys import awaits_keys
from ithaca.records.mentorships.room.queries.rooms import partner_of
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.records.stages import Impossible, Party
from ithaca.tools.design.forms import Form
from ithaca.tools.vault.errors import NotGranted


def room_of(opened: Opened[Any]) -> Opened[Mentorship]:
    """Return the room of a session, a note or a goal, as its reader has opened it."""
    return Opened(opened.row.mentorship, opened.party, opened.actor)


def show(
    request: Request, room: Opened[Mentorship], template: str, /, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page of this room, which knows its scheme, the other person, and who reads what both share."""
    partner = partner_of(room.row, room.party)
    frame = {
        "mentorship": room.row,
        "scheme": room.row.scheme,
        "partner": partner,
        "is_mentee": room.party is Party.MENTEE,
        "both_read": words.both_read(partner.first_name),
        "partner_reads": words.partner_reads(room.row.scheme, room.party),
        "over": room.row.stage == MentorshipStage.ENDED,
        "awaits_keys": awaits_keys(room.row),
    }
    return render(request, f"meeting/{template}.html", frame | context, status=status)


def unreadable(request: Request, room: Opened[Mentorship]) -> HttpResponse:
    """Say that this person's key is a new one, to which the other has not given access yet."""
    return show(request, room, "unreadable", status=403)


NOT_SAVED = (NoRecord, Impossible, NotGranted)
"""Why what was typed in a room cannot be saved."""


def not_saved(request: Request, room: Opened[Mentorship], written: str, why: Exception) -> HttpResponse:
    """Give what cannot be saved back to whoever typed it, with the reason. It is stored nowhere."""
    reasons = {"no_record": isinstance(why, NoRecord), "no_key": isinstance(why, NotGranted)}
    reasons["moved_on"] = isinstance(why, Impossible) and why.noun != "mentorship"
    return show(request, room, "not_saved", status=409, written=written, **reasons)


def press(name: str, form: type[Form] = Form, **initial: Any) -> Form:
    """Make a form that is one button, with ids of its own, as several stand on one page."""
    return form(initial=initial, auto_id=f"{name}-%s")
