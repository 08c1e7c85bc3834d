"""One question now and then: how good is this for you? It is counted for the scheme, and joined to nobody."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ithaca.access import gate
from ithaca.access.gate import NotFound, Opened
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.pulse import PulseForm
from ithaca.journeys.meeting.views.pages import press, show
from ithaca.records import times
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.room.actions import pulse as pulse_actions
from ithaca.records.mentorships.room.queries import pulse as pulse_queries
from ithaca.records.mentorships.room.queries import sides


def pulse(request: Request, pk: UUID) -> HttpResponse:
    """Ask how good this is for this person, while the question waits for them."""
    room = _asked(gate.mentorship(request.actor, pk, Access.READ))
    form = PulseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _answer(request, room, int(form.cleaned_data["score"]))
    mine = sides.sides_of(room.row, request.actor.id).mine
    waits = pulse_queries.waits(mine, room.row, times.london_date(timezone.now()))
    status = 422 if form.is_bound and waits else 200
    return show(request, room, "pulse", status=status, form=form, waits=waits, skip=press("skip"))


@require_POST
def skip(request: Request, pk: UUID) -> HttpResponse:
    """Skip the question this time."""
    return _answer(request, _asked(gate.mentorship(request.actor, pk, Access.READ)), None)


def _asked(room: Opened[Mentorship]) -> Opened[Mentorship]:
    """Return the same room; raise NotFound where its scheme does not ask."""
    if not room.row.scheme.ratings:
        raise NotFound("ratings")
    return room


def _answer(request: Request, room: Opened[Mentorship], score: int | None) -> HttpResponse:
    pulse_actions.answer(room.row.pk, score, room.party, actor=request.actor.id, at=timezone.now())
    messages.success(request, _("Thank you."))
    return redirect("meeting:room", room.row.pk)
