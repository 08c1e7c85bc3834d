"""Pausing, carrying on after a pause, and carrying on after a single conversation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.mentorships import PauseForm
from ithaca.journeys.meeting.views.pages import show
from ithaca.records import times
from ithaca.records.mentorships.room.actions import mentorships
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.tools.design.forms import Form


def pause(request: Request, pk: UUID) -> HttpResponse:
    """Pause, until a day or for as long as one likes; in a pause, choose another day."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    at = timezone.now()
    form = PauseForm(request.POST if request.method == "POST" else None, today=times.london_date(at))
    if form.is_valid():
        until, once = form.cleaned_data["day"], form.form_id
        mentorships.pause(pk, room.party, actor=request.actor.id, at=at, form=once, until=until)
        return redirect("meeting:room", pk)
    if room.row.stage not in (MentorshipStage.ACTIVE, MentorshipStage.PAUSED):
        return redirect("meeting:room", pk)
    return show(request, room, "pause", status=422 if form.is_bound else 200, form=form)


def resume(request: Request, pk: UUID) -> HttpResponse:
    """Carry on after a pause."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    form = Form(request.POST)
    if request.method == "POST" and form.is_valid():
        mentorships.resume(pk, room.party, actor=request.actor.id, at=timezone.now(), form=form.form_id)
        messages.success(request, _("The pause is over."))
    return redirect("meeting:room", pk)


@require_POST
def go_on(request: Request, pk: UUID) -> HttpResponse:
    """Say that one would like to carry on after the one conversation."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    form = Form(request.POST)
    if form.is_valid():
        both = mentorships.say_yes(pk, room.party, actor=request.actor.id, at=timezone.now(), form=form.form_id)
        yes = _("You've both said yes, so you can carry on.")
        messages.success(request, yes if both else _("Saved. If only one of you says yes, nobody is told."))
    return redirect("meeting:room", pk)
