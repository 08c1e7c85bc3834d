"""How a session was: asking, saying it, and reading it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ithaca.access import gate
from ithaca.access.gate import NotFound, Opened
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.listening_forms import FeedbackForm
from ithaca.journeys.meeting.views.showing import NOT_KEPT, kept_for_you, press, show, unreadable
from ithaca.records.mentorships.models import Mentorship, Session
from ithaca.records.mentorships.room.actions.written_record import NoRecord
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.writing.actions import feedback as actions
from ithaca.records.mentorships.writing.queries import feedback as feedback_queries
from ithaca.records.mentorships.writing.queries.feedback import ShownFeedback
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.design.forms import Form
from ithaca.tools.vault.errors import NotGranted, Tampered


def feedback(request: Request, pk: UUID) -> HttpResponse:
    """How this session was: the mentee says it, the mentor reads it."""
    opened = _session(request, pk, "give_feedback" if request.method == "POST" else "read_feedback")
    if request.method == "POST":
        return _give(request, opened)
    return _page(request, opened, None)


def _give(request: Request, opened: Opened[Session]) -> HttpResponse:
    form = FeedbackForm(request.POST)
    form.is_valid()
    if "text" in form.errors:
        return _page(request, opened, form, status=422)
    if form.cautions():
        return _page(request, opened, form, caution=True)
    text, version = form.cleaned_data["text"], form.cleaned_data.get("version", -1)
    at, once = timezone.now(), form.cleaned_data["once"]
    try:
        actions.give(opened.row, text, version, opened.party, keyring=request.actor.keyring, at=at, form=once)
    except ChangedMeanwhile:
        return _changed_meanwhile(request, opened)
    except (*NOT_KEPT, Tampered) as why:
        return kept_for_you(request, _room(opened), text, why)
    messages.success(request, _("Thank you. It stays between you both."))
    return redirect("meeting:room", opened.row.mentorship_id)


def _changed_meanwhile(request: Request, opened: Opened[Session]) -> HttpResponse:
    """Show what was said in another window above what was typed here, ready to be sent over it."""
    found = feedback_queries.feedback_of(opened.row, opened.party, request.actor.keyring)
    again = request.POST.copy()
    again["version"] = str(found.version)
    return _page(request, opened, FeedbackForm(again), status=409, meanwhile=True)


@require_POST
def ask(request: Request, pk: UUID) -> HttpResponse:
    """Ask the mentee how it was."""
    opened = _session(request, pk, "ask_feedback")
    form = Form(request.POST)
    if form.is_valid():
        try:
            actions.ask(opened.row, opened.party, actor=request.actor.id, at=timezone.now(), form=form.form_id)
            messages.success(request, _("You’ve asked. There’s no hurry, and they don’t have to answer."))
        except NoRecord:
            messages.info(request, _("One of you has turned writing off, so we haven’t asked."))
    return redirect("meeting:room", opened.row.mentorship_id)


@require_POST
def pass_by(request: Request, pk: UUID) -> HttpResponse:
    """Not this time."""
    opened = gate.feedback(request.actor, pk, "answer")
    form = Form(request.POST)
    if form.is_valid():
        actions.skip(opened.row, opened.party, actor=request.actor.id, at=timezone.now(), form=form.form_id)
        messages.success(
            request, _("That’s all right. We won’t tell anyone. You can still answer on the session’s page.")
        )
    return redirect("meeting:room", opened.row.mentorship_id)


def _session(request: Request, pk: UUID, act: str) -> Opened[Session]:
    """The session; raises NotFound where its scheme has no feedback."""
    opened = gate.session(request.actor, pk, act)
    if not opened.row.mentorship.scheme.feedback:
        raise NotFound("feedback")
    return opened


def _room(opened: Opened[Session]) -> Opened[Mentorship]:
    return Opened(opened.row.mentorship, opened.party, opened.actor)


def _page(
    request: Request, opened: Opened[Session], form: FeedbackForm | None, status: int = 200, **more: Any
) -> HttpResponse:
    room = _room(opened)
    try:
        echo = feedback_queries.feedback_of(opened.row, opened.party, request.actor.keyring)
    except (NotGranted, Tampered):
        return unreadable(request, room)
    sides = sides_queries.sides_of(room.row, request.actor.id)
    writable = echo.may_give and room.row.stage != "ended" and not sides.no_record
    if not (writable or form or echo.given or echo.may_ask or echo.waits):
        return redirect("meeting:session", opened.row.pk)
    return show(
        request,
        "feedback",
        room.row,
        opened.party,
        status=status,
        echo=echo,
        sides=sides,
        form=form or _first(echo),
        writable=writable or form is not None,
        asking=press("ask"),
        passing=press("pass-by"),
        **more,
    )


def _first(echo: ShownFeedback) -> FeedbackForm:
    return FeedbackForm(initial={"text": echo.text, "version": echo.version})
