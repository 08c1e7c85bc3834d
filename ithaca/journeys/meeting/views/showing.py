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
from ithaca.records.stages import Impossible, Party
from ithaca.tools.design.forms import Form
from ithaca.tools.vault.errors import NotGranted


def show(
    request: Request, template: str, mentorship: Mentorship, party: Party, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of this room, which knows its scheme, the other, and who reads what the two share."""
    partner = partner_of(mentorship, party)
    frame = {
        "mentorship": mentorship,
        "scheme": mentorship.scheme,
        "partner": partner,
        "both_read": words.both_read(partner.first_name),
        "partner_word": words.partner_word(mentorship.scheme, party),
        "the_two": words.the_two(mentorship.scheme, party),
        "over": mentorship.stage == "ended",
        "awaits_keys": awaits_keys(mentorship),
    }
    return render(request, f"meeting/{template}.html", frame | context, status=status)


def unreadable(request: Request, opened: Opened[Mentorship]) -> HttpResponse:
    """The person's key is a new one, and the other has not given it access yet."""
    return show(request, "unreadable", opened.row, opened.party, status=403)


NOT_KEPT = (NoRecord, Impossible, NotGranted)
"""Why words that were typed in a room cannot be kept."""


def kept_for_you(request: Request, opened: Opened[Mentorship], written: str, why: Exception) -> HttpResponse:
    """Words that cannot be kept come back to whoever typed them, with the reason, and are stored nowhere."""
    reasons = {"no_record": isinstance(why, NoRecord), "no_key": isinstance(why, NotGranted)}
    reasons["moved_on"] = isinstance(why, Impossible) and why.noun != "mentorship"
    return show(request, "kept_for_you", opened.row, opened.party, status=409, written=written, **reasons)


def press(name: str, form: type[Form] = Form, **initial: Any) -> Form:
    """A form that is one button, with ids of its own, as several stand on one page."""
    return form(initial=initial, auto_id=f"{name}-%s")
