"""Stopping here, and the page of what happens then."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.endings import EndingForm
from ithaca.journeys.meeting.views.pages import not_saved, show, unreadable
from ithaca.records.mentorships.room.actions import endings as endings_actions
from ithaca.records.mentorships.room.actions.endings import AlreadyEnded
from ithaca.records.mentorships.room.queries import endings as endings_queries
from ithaca.records.mentorships.room.queries import rooms, sessions
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.tools.vault.errors import NotGranted


def end(request: Request, pk: UUID) -> HttpResponse:
    """Stop here: one step, at once, no reason needed."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    at = timezone.now()
    if request.method != "POST" and room.row.stage == MentorshipStage.ENDED:
        return redirect("meeting:ending", pk)
    form = EndingForm(request.POST if request.method == "POST" else None)
    caution = form.is_valid() and form.cautions()
    if form.is_valid() and not caution:
        message = form.cleaned_data["words"].strip()
        try:
            endings_actions.end(
                pk,
                room.party,
                actor=request.actor.id,
                words=message,
                keyring=request.actor.keyring,
                at=at,
                form=form.form_id,
            )
        except (AlreadyEnded, NotGranted) as why:
            return not_saved(request, room, message, why)
        return redirect("meeting:ending", pk)
    to_come = [found for found in sessions.sessions_of(pk) if found.booked and found.starts_at > at]
    status = 422 if form.errors else 200
    return show(request, room, "ending_form", status=status, form=form, to_come=to_come, caution=caution)


def ending(request: Request, pk: UUID) -> HttpResponse:
    """Show what they did together, the final message, what is kept, and where to find other help."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    if room.row.stage != MentorshipStage.ENDED:
        return redirect("meeting:room", pk)
    return show(
        request,
        room,
        "ending",
        ending=endings_queries.ending_of(room.row, request.actor.id),
        final_message=endings_queries.last_words_if_open(room.row, request.actor.keyring),
        room=rooms.room_of(room.row, room.party, timezone.now()),
    )


def unlocked(request: Request, pk: UUID) -> HttpResponse:
    """Unlock first, for whoever was locked on the page of the ending, and lead back to it with the final message."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    try:
        if room.row.stage == MentorshipStage.ENDED:
            endings_queries.last_words(room.row, request.actor.keyring)
    except NotGranted:
        return unreadable(request, room)
    return redirect("meeting:ending", pk)
