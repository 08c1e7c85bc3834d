"""The room itself, the mentee's story, pausing and going on."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.journeys.http import Request
from ithaca.journeys.meeting import words
from ithaca.journeys.meeting.listening_forms import PauseForm
from ithaca.journeys.meeting.views.asides import asides
from ithaca.journeys.meeting.views.showing import press, show, unreadable
from ithaca.journeys.meeting.writing_forms import MessageForm
from ithaca.records import times
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.pairing.queries.introductions import exchanges_of
from ithaca.records.mentorships.room.actions import mentorships
from ithaca.records.mentorships.room.queries import quiet_rooms, rooms
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.room.queries.mediations import mediation_of
from ithaca.records.mentorships.rules.deadlines import NUDGE_AFTER
from ithaca.records.mentorships.writing.queries import goals
from ithaca.records.mentorships.writing.queries import messages as messages_queries
from ithaca.tools.design.forms import Form
from ithaca.tools.vault.errors import NotGranted


def room(request: Request, pk: UUID) -> HttpResponse:
    """The first page: when the two meet next, what happens next, how the agreement stands, and what was."""
    opened = gate.mentorship(request.actor, pk, "read")
    at = timezone.now()
    found = rooms.room_of(opened.row, opened.party, at)
    sides = sides_queries.sides_of(opened.row, request.actor.id)
    latest = messages_queries.latest(opened.row, sides.read_until, request.actor.keyring)
    return show(
        request,
        "room",
        opened.row,
        opened.party,
        room=found,
        sides=sides,
        latest=latest,
        allowance=found.allowance,
        quiet=_is_quiet(opened.row, times.london_date(at)),
        my_days=words.usual_days(sides_queries.days_of(sides.mine)),
        their_days=words.usual_days(sides_queries.days_of(sides.theirs)),
        card=goals.card_of(opened.row, request.actor.keyring) if opened.row.scheme.goals else None,
        unread=messages_queries.unread(opened.row, request.actor.id, sides.read_until) if latest else 0,
        message=MessageForm(initial={"seen": latest.at.isoformat() if latest and latest.word else ""}),
        step=words.step(found, pk),
        well=press("well"),
        resuming=press("resume"),
        mediation=mediation_of(opened.row),
        settling=press("settle"),
        going_on=press("go-on"),
        said_go_on=mentorships.has_said(opened.row, opened.party),
        can_be_said=bool(found.next_meeting and found.next_meeting.may_be_said(at)),
        **asides(opened, found, sides, at),
    )


def _is_quiet(row: Mentorship, today: date) -> bool:
    """Is it long since the two met, so that they may like to say that all is well?"""
    return row.stage == "active" and quiet_rooms.quiet_of([row])[row.pk].since(today, NUDGE_AFTER)


def story(request: Request, pk: UUID) -> HttpResponse:
    """What brought the mentee here, in their own words, and what the mentor asked before saying yes."""
    opened = gate.mentorship(request.actor, pk, "read")
    made = opened.row.introduction
    try:
        text = rooms.story_of(opened.row, request.actor.keyring)
        exchanges = exchanges_of(made, request.actor.keyring) if made else []
    except NotGranted:
        return unreadable(request, opened)
    is_mentee = opened.party == "mentee"
    return show(request, "story", opened.row, opened.party, story=text, exchanges=exchanges, is_mentee=is_mentee)


def pause(request: Request, pk: UUID) -> HttpResponse:
    """Take a pause, until a day or for as long as one likes; in a pause, choose another day."""
    opened = gate.mentorship(request.actor, pk, "read")
    at = timezone.now()
    today = times.london_date(at)
    form = PauseForm(request.POST, today=today) if request.method == "POST" else None
    if form is not None and form.is_valid():
        until, once = form.cleaned_data["day"], form.form_id
        mentorships.pause(pk, opened.party, actor=request.actor.id, at=at, form=once, until=until)
        return redirect("meeting:room", pk)
    if opened.row.stage not in ("active", "paused"):
        return redirect("meeting:room", pk)
    form, status = form or PauseForm(today=today), 422 if form is not None else 200
    return show(request, "pause", opened.row, opened.party, status=status, form=form)


def resume(request: Request, pk: UUID) -> HttpResponse:
    """Go on after a pause."""
    opened = gate.mentorship(request.actor, pk, "read")
    form = Form(request.POST)
    if request.method == "POST" and form.is_valid():
        mentorships.resume(pk, opened.party, actor=request.actor.id, at=timezone.now(), form=form.form_id)
        messages.success(request, _("The pause is over."))
    return redirect("meeting:room", pk)
