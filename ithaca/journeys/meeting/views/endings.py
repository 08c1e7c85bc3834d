"""Stopping here, and the page that closes a room."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from ithaca.access import gate
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms import EndForm
from ithaca.journeys.meeting.views.showing import kept_for_you, show, unreadable
from ithaca.records.mentorships.room.actions import endings
from ithaca.records.mentorships.room.actions.endings import AlreadyEnded
from ithaca.records.mentorships.room.queries import endings as endings_queries
from ithaca.records.mentorships.room.queries import rooms, sessions
from ithaca.tools.vault.errors import NotGranted


def end(request: Request, pk: UUID) -> HttpResponse:
    """Stop here: one step, at once, no reason needed."""
    opened = gate.mentorship(request.actor, pk, "read")
    form = EndForm(request.POST) if request.method == "POST" else EndForm()
    caution = form.is_bound and form.is_valid() and form.cautions()
    if form.is_bound and form.is_valid() and not caution:
        words = form.cleaned_data["words"].strip()
        try:
            endings.end(
                pk,
                opened.party,
                actor=request.actor.id,
                words=words,
                keyring=request.actor.keyring,
                at=timezone.now(),
                form=form.form_id,
            )
        except (AlreadyEnded, NotGranted) as why:
            return kept_for_you(request, opened, words, why)
        return redirect("meeting:closing", pk)
    if opened.row.stage == "ended" and not form.is_bound:
        return redirect("meeting:closing", pk)
    at = timezone.now()
    to_come = [found for found in sessions.sessions_of(pk) if found.booked and found.starts_at > at]
    status = 422 if form.errors else 200
    return show(request, "end", opened.row, opened.party, status=status, form=form, to_come=to_come, caution=caution)


def closing(request: Request, pk: UUID) -> HttpResponse:
    """What the two did together, the last word, what is kept, and where to turn."""
    opened = gate.mentorship(request.actor, pk, "read")
    if opened.row.stage != "ended":
        return redirect("meeting:room", pk)
    return show(
        request,
        "closing",
        opened.row,
        opened.party,
        closing=endings_queries.ending_of(opened.row, request.actor.id),
        words=endings_queries.last_words_if_open(opened.row, request.actor.keyring),
        room=rooms.room_of(opened.row, opened.party, timezone.now()),
    )


def last_word(request: Request, pk: UUID) -> HttpResponse:
    """The last word, for one who was locked when the page closed: unlocking leads back to the closing page."""
    opened = gate.mentorship(request.actor, pk, "read")
    try:
        if opened.row.stage == "ended":
            endings_queries.last_words(opened.row, request.actor.keyring)
    except NotGranted:
        return unreadable(request, opened)
    return redirect("meeting:closing", pk)
