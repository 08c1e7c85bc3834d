"""Messages between a mentor and their mentee."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.gate import Opened
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.messages import MessageForm
from ithaca.journeys.meeting.views.pages import NOT_SAVED, not_saved, room_of, show, unreadable
from ithaca.journeys.meeting.views.saving import typed_again
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.writing.actions import messages as messages_actions
from ithaca.records.mentorships.writing.actions.messages import OtherWords, TooLate
from ithaca.records.mentorships.writing.queries import messages as messages_queries
from ithaca.tools.vault.errors import NotGranted


def messages(request: Request, pk: UUID) -> HttpResponse:
    """Show the messages, the newest first, and a box for the next."""
    return _show_messages(request, gate.mentorship(request.actor, pk, Access.READ))


def send(request: Request, pk: UUID) -> HttpResponse:
    """Send a message."""
    room = gate.mentorship(request.actor, pk, Access.WRITE)
    if request.method != "POST":
        return redirect("meeting:messages", pk)
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show_messages(request, room, form, status=422)
    if form.cautions() or form.parted:
        return _show_messages(request, room, form, caution=form.cautions())
    text = form.cleaned_data["text"]
    try:
        messages_actions.send(
            pk,
            text,
            room.party,
            files=form.cleaned_data["enclosed"],
            seen=form.cleaned_data["seen"],
            keyring=request.actor.keyring,
            at=timezone.now(),
            form=form.form_id,
        )
    except OtherWords:
        return _show_messages(request, room, typed_again(MessageForm, request), status=409, twice=True)
    except NOT_SAVED as why:
        return not_saved(request, room, text, why)
    notices.success(request, _("Sent."))
    return redirect("meeting:messages", pk)


def read(request: Request, pk: UUID) -> HttpResponse:
    """Say that one has read what was on the page."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    form = MessageForm(request.POST)
    form.is_valid()
    seen = form.cleaned_data.get("seen")
    if request.method == "POST" and seen is not None:
        messages_actions.read(room.row, request.actor.id, seen, timezone.now())
    return redirect("meeting:messages", pk)


def take_back(request: Request, pk: UUID) -> HttpResponse:
    """Take a message back."""
    opened = gate.own_message(request.actor, pk, Access.TAKE_BACK)
    if request.method == "POST":
        try:
            messages_actions.take_back(opened.row, opened.party, at=timezone.now())
        except TooLate:
            return _show_messages(request, room_of(opened), status=409, too_late=True)
        notices.success(request, _("We've taken your message back and destroyed what it said."))
    return redirect("meeting:messages", opened.row.mentorship_id)


def _show_messages(
    request: Request, room: Opened[Mentorship], form: MessageForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    at = timezone.now()
    sides = sides_queries.sides_of(room.row, request.actor.id)
    page = Paginator(messages_queries.messages_of(room.row), messages_queries.PAGE).get_page(request.GET.get("page"))
    try:
        found = messages_queries.shown(list(page), sides.read_until, request.actor.keyring)
    except NotGranted:
        return unreadable(request, room)
    newest = found[0].at.isoformat() if found else ""
    return show(
        request,
        room,
        "messages",
        status=status,
        page=page,
        shown=[(message, message.may_be_taken_back(at)) for message in found],
        news=any(message.new for message in found),
        sides=sides,
        newest=newest,
        form=form or MessageForm(initial={"seen": newest}),
        **more,
    )
