"""A third person to help both people talk: asking for help, saying that it is settled, and the helper's page."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.views.pages import press, show
from ithaca.records.mentorships.room.actions import mediations as mediations_actions
from ithaca.records.mentorships.room.queries.mediations import asked_of, helpers_for, mediation_of
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.records.schemes.queries.appointments import mediated_by
from ithaca.tools.design.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
def mediation(request: Request, pk: UUID) -> HttpResponse:
    """Say what a third person does and learns, and ask for one; or say who to ask if there is none."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    form, status = Form(request.POST), 200
    if request.method == "POST" and form.is_valid():
        try:
            mediations_actions.ask(pk, room.party, actor=request.actor.id, at=timezone.now(), form=form.form_id)
            return redirect("meeting:room", pk)
        except mediations_actions.NobodyToAsk:
            status = 409
    elif room.row.stage == MentorshipStage.ENDED:
        return redirect("meeting:ending", pk)
    return show(
        request,
        room,
        "mediation",
        status=status,
        mediation=mediation_of(room.row),
        helpers=helpers_for(room.row) if room.row.stage == MentorshipStage.ACTIVE else [],
        ask=press("ask"),
        settle=press("settle"),
    )


@require_POST
def settle(request: Request, pk: UUID) -> HttpResponse:
    """Record that they have settled it between them."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    form = Form(request.POST)
    if form.is_valid():
        mediations_actions.settle(pk, room.party, actor=request.actor.id, at=timezone.now(), form=form.form_id)
        messages.success(request, _("Thanks for telling us. Nobody else will be asked to help."))
    return redirect("meeting:room", pk)


@require_safe
def mediations(request: Request) -> HttpResponse:
    """Show a mediator the pairs who ask, and how to reach them. To everyone else there is no such page."""
    if not mediated_by(request.actor.id):
        raise Http404
    found = [(asked, press(f"take-up-{asked.mentorship}")) for asked in asked_of(request.actor.id)]
    return render(request, "meeting/mediations.html", {"found": found, "me": request.actor.id})


@require_POST
def take_up(request: Request, pk: UUID) -> HttpResponse:
    """Say that one will be in touch with them."""
    opened = gate.mediation(request.actor, pk, Access.TAKE_UP)
    form = Form(request.POST)
    if form.is_valid():
        mediations_actions.take_up(opened.row.pk, mediator=request.actor.id, at=timezone.now(), form=form.form_id)
        messages.success(request, _("Thank you. They can see that you'll be in touch."))
    return redirect("meeting:mediations")
