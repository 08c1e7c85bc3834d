"""Saying that all is well, when a mentor and mentee have not met for a while."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.records.mentorships.room.actions import nudges
from ithaca.tools.design.templatetags.design import day


def fine(request: Request, pk: UUID) -> HttpResponse:
    """Record that all is well, so that nobody reminds them for three months."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    if request.method == "POST":
        until = nudges.say_fine(pk, room.party, actor=request.actor.id, at=timezone.now())
        thanks = _("Thanks for telling us. We won't email you about this before %(day)s.")
        messages.success(request, thanks % {"day": day(until)})
    return redirect("meeting:room", pk)
