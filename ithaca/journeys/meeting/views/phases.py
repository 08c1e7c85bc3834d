"""Which of the five phases a mentor and mentee are in, if they choose to say."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.gate import NotFound
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.phases import PhaseForm
from ithaca.journeys.meeting.views.pages import show, unreadable
from ithaca.records.mentorships.room.actions.written_record import NoRecord
from ithaca.records.mentorships.room.queries import sides
from ithaca.records.mentorships.writing.actions import phases as phases_actions
from ithaca.records.mentorships.writing.queries import phases as phases_queries
from ithaca.tools.vault.errors import NotGranted, Tampered


def phases(request: Request, pk: UUID) -> HttpResponse:
    """Show the phases and the one they are in; a form says another."""
    room = gate.mentorship(request.actor, pk, Access.WRITE if request.method == "POST" else Access.READ)
    if not room.row.scheme.phases:
        raise NotFound("phases")
    keyring, form = request.actor.keyring, PhaseForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_valid():
            phase, at = form.cleaned_data["phase"], timezone.now()
            phases_actions.say(pk, phase, room.party, keyring=keyring, at=at, form=form.form_id)
            messages.success(request, _("Saved. You can change it whenever you like."))
            return redirect("meeting:phases", pk)
        found = phases_queries.phases_of(room.row, keyring)
    except NoRecord:
        messages.info(request, _("One of you has turned writing off, so we haven't saved this."))
        return redirect("meeting:phases", pk)
    except (NotGranted, Tampered):
        return unreadable(request, room)
    here = next((phase for phase in found if phase.here), None)
    if not form.is_bound:
        form = PhaseForm(initial={"phase": here.code if here else ""})
    return show(
        request,
        room,
        "phases",
        status=422 if form.is_bound else 200,
        form=form,
        phases=found,
        here=here,
        sides=sides.sides_of(room.row, request.actor.id),
    )
