"""Whether a mentor and mentee keep a written record."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.views.pages import press, show
from ithaca.records.mentorships.room.actions import written_record as written_record_actions
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.writing.queries import goals, search

Act = Callable[..., Any]


def written_record(request: Request, pk: UUID) -> HttpResponse:
    """Say what is written here, how to turn writing off, and how to destroy it together."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    sides = sides_queries.sides_of(room.row, request.actor.id)
    written = search.anything_written(room.row, request.actor.id) or goals.any_of(room.row)
    return show(request, room, "written_record", sides=sides, written=written, press=press("record"))


def stop(request: Request, pk: UUID) -> HttpResponse:
    """Keep no written record from now on."""
    return _act(request, pk, written_record_actions.stop_writing, _("Saved. Writing is turned off."))


def go_on(request: Request, pk: UUID) -> HttpResponse:
    """Wish for a record again."""
    done = _("Saved. Writing is back on, unless the other person has turned it off too.")
    return _act(request, pk, written_record_actions.write_again, done)


def destroy(request: Request, pk: UUID) -> HttpResponse:
    """Ask to destroy what was written; it happens when both have asked."""
    done = _("Saved. It will be destroyed when you've both asked.")
    return _act(request, pk, written_record_actions.destroy, done)


def keep(request: Request, pk: UUID) -> HttpResponse:
    """Destroy nothing after all."""
    return _act(request, pk, written_record_actions.keep, _("Nothing will be destroyed."))


def _act(request: Request, pk: UUID, act: Act, done: str) -> HttpResponse:
    room = gate.mentorship(request.actor, pk, Access.WRITE)
    if request.method == "POST":
        destroyed = act(pk, room.party, actor=request.actor.id, at=timezone.now())
        messages.success(request, _("Everything you wrote to each other has been destroyed.") if destroyed else done)
    return redirect("meeting:written_record", pk)
