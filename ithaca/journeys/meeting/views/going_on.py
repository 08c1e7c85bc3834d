"""One conversation that may go on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ithaca.access import gate
from ithaca.journeys.http import Request
from ithaca.records.mentorships.room.actions import mentorships
from ithaca.tools.design.forms import Form


@require_POST
def go_on(request: Request, pk: UUID) -> HttpResponse:
    """I would like to go on."""
    opened = gate.mentorship(request.actor, pk, "read")
    form = Form(request.POST)
    if form.is_valid():
        both = mentorships.say_yes(pk, opened.party, actor=request.actor.id, at=timezone.now(), form=form.form_id)
        said = (
            _("You’ve both said yes, so you can carry on.")
            if both
            else _("Saved. If only one of you says yes, nobody is told.")
        )
        messages.success(request, said)
    return redirect("meeting:room", pk)
