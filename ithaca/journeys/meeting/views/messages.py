"""What the two write to each other."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages as said
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.gate import Opened
from ithaca.journeys.http import LEFT_BEHIND, Request
from ithaca.journeys.meeting.file_forms import left_behind
from ithaca.journeys.meeting.views.showing import NOT_KEPT, kept_for_you, show, unreadable
from ithaca.journeys.meeting.writing_forms import MessageForm
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.writing.actions import messages as messages_actions
from ithaca.records.mentorships.writing.actions.messages import OtherWords, TooLate
from ithaca.records.mentorships.writing.queries import messages as messages_queries
from ithaca.tools.vault.errors import NotGranted


def messages(request: Request, pk: UUID) -> HttpResponse:
    """The messages, the newest first, and a box for the next."""
    return _page(request, gate.mentorship(request.actor, pk, "read"), None)


def send(request: Request, pk: UUID) -> HttpResponse:
    """Send a message."""
    opened = gate.mentorship(request.actor, pk, "write")
    if request.method != "POST":
        return redirect("meeting:messages", pk)
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, opened, form, status=422)
    if form.cautions() or form.parted:
        return _page(request, opened, form, caution=form.cautions())
    text, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
    try:
        messages_actions.send(
            pk,
            text,
            opened.party,
            files=form.cleaned_data["enclosed"],
            seen=seen,
            keyring=request.actor.keyring,
            at=timezone.now(),
            form=form.form_id,
        )
    except OtherWords:
        return _page(request, opened, anew(MessageForm, request), status=409, twice=True)
    except NOT_KEPT as why:
        return kept_for_you(request, opened, text, why)
    said.success(request, _("Sent."))
    return redirect("meeting:messages", pk)


def read(request: Request, pk: UUID) -> HttpResponse:
    """Say that one has read what was on the page."""
    opened = gate.mentorship(request.actor, pk, "read")
    form = MessageForm(request.POST)
    form.is_valid()
    seen = form.cleaned_data.get("seen")
    if request.method == "POST" and seen is not None:
        messages_actions.read(opened.row, request.actor.id, seen, timezone.now())
    return redirect("meeting:messages", pk)


def take_back(request: Request, pk: UUID) -> HttpResponse:
    """Take a message back."""
    opened = gate.own_message(request.actor, pk, "take_back")
    room = opened.row.mentorship
    if request.method == "POST":
        try:
            messages_actions.take_back(opened.row, opened.party, at=timezone.now())
        except TooLate:
            return _page(request, Opened(room, opened.party, opened.actor), None, status=409, too_late=True)
        said.success(request, _("We’ve taken your message back and destroyed what it said."))
    return redirect("meeting:messages", room.pk)


def anew(form: type[Any], request: Request, *, version: str | None = None, **more: Any) -> Any:
    """The same form with what was typed, and a new uuid: these are other words, or files, than it has sent before.

    `version` is the one that it now stands beside.
    """
    again = request.POST.copy()
    again["once"] = str(uuid4())
    again.setlist(LEFT_BEHIND, left_behind(request.POST, request.FILES))
    if version is not None:
        again["version"] = version
    return form(again, **more)


def _page(
    request: Request, opened: Opened[Mentorship], form: MessageForm | None, status: int = 200, **more: Any
) -> HttpResponse:
    room, at = opened.row, timezone.now()
    sides = sides_queries.sides_of(room, request.actor.id)
    page = Paginator(messages_queries.messages_of(room), messages_queries.PAGE).get_page(request.GET.get("page"))
    try:
        found = messages_queries.shown(list(page), sides.read_until, request.actor.keyring)
    except NotGranted:
        return unreadable(request, opened)
    newest = found[0].at.isoformat() if found else ""
    return show(
        request,
        "messages",
        room,
        opened.party,
        status=status,
        page=page,
        words=[(word, word.may_be_taken_back(at)) for word in found],
        news=any(word.new for word in found),
        sides=sides,
        newest=newest,
        form=form or MessageForm(initial={"seen": newest}),
        **more,
    )
