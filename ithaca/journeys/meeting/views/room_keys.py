"""The key of two who met before they came here, made by the mentee once the mentor has signed in."""

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
from ithaca.records.mentorships.room.actions import room_keys
from ithaca.records.mentorships.room.queries.rooms import partner_of
from ithaca.tools.vault.keyring import unlocked


@require_POST
def make(request: Request, pk: UUID) -> HttpResponse:
    """Make the room's key now. A locked mentee is asked to unlock first."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    if room_keys.make_keys(unlocked(request.actor.keyring), timezone.now()):
        done = _("Everything is ready. Only you and %(name)s can read what you write here.")
        messages.success(request, done % {"name": partner_of(room.row, room.party).first_name})
    return redirect("meeting:room", pk)
