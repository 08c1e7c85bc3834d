"""Whether the two keep a written record."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.views.showing import press, show
from ithaca.records.mentorships.room.actions import written_record
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.writing.queries import goals, search

Act = Callable[..., Any]


def record(request: Request, pk: UUID) -> HttpResponse:
    """What is written here, how to switch it off, and how to destroy it together."""
    opened = gate.mentorship(request.actor, pk, "read")
    sides = sides_queries.sides_of(opened.row, request.actor.id)
    written = search.anything_written(opened.row, request.actor.id) or goals.any_of(opened.row)
    return show(request, "record", opened.row, opened.party, sides=sides, written=written, press=press("record"))


def stop(request: Request, pk: UUID) -> HttpResponse:
    """Keep no written record from now on."""
    return _do(request, pk, written_record.stop_writing, _("Saved. Writing is turned off."))


def go_on(request: Request, pk: UUID) -> HttpResponse:
    """Wish for a record again."""
    return _do(
        request,
        pk,
        written_record.write_again,
        _("Saved. Writing is back on, unless the other person has turned it off too."),
    )


def destroy(request: Request, pk: UUID) -> HttpResponse:
    """Agree to destroy what was written."""
    return _do(request, pk, written_record.destroy, _("Saved. It will be destroyed when you’ve both asked."))


def keep(request: Request, pk: UUID) -> HttpResponse:
    """Destroy nothing after all."""
    return _do(request, pk, written_record.keep, _("Nothing will be destroyed."))


def _do(request: Request, pk: UUID, act: Act, done: str) -> HttpResponse:
    opened = gate.mentorship(request.actor, pk, "write")
    at: datetime = timezone.now()
    if request.method == "POST":
        destroyed = act(pk, opened.party, actor=request.actor.id, at=at)
        messages.success(request, _("Everything you wrote to each other has been destroyed.") if destroyed else done)
    return redirect("meeting:record", pk)
