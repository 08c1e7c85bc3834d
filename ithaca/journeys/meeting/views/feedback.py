"""Feedback on a session: asking for it, giving it, and reading it."""

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
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.feedback import FeedbackForm
from ithaca.journeys.meeting.views.pages import NOT_SAVED, not_saved, press, room_of, show, unreadable
from ithaca.records.mentorships.models import Session
from ithaca.records.mentorships.room.actions.written_record import NoRecord
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.records.mentorships.writing.actions import feedback as feedback_actions
from ithaca.records.mentorships.writing.queries import feedback as feedback_queries
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.design.forms import Form
from ithaca.tools.vault.errors import NotGranted, Tampered


def feedback(request: Request, pk: UUID) -> HttpResponse:
    """Show how this session was: the mentee says it, the mentor reads it."""
    if request.method == "POST":
        return _give(request, _using_feedback(gate.session(request.actor, pk, Access.GIVE_FEEDBACK)))
    return _show_feedback(request, _using_feedback(gate.session(request.actor, pk, Access.READ_FEEDBACK)))


def _give(request: Request, opened: Opened[Session]) -> HttpResponse:
    form = FeedbackForm(request.POST)
    form.is_valid()
    if "text" in form.errors:
        return _show_feedback(request, opened, form, status=422)
    if form.cautions():
        return _show_feedback(request, opened, form, caution=True)
    text, version = form.cleaned_data["text"], form.cleaned_data.get("version", -1)
    keyring, at, once = request.actor.keyring, timezone.now(), form.cleaned_data["once"]
    try:
        feedback_actions.give(opened.row, text, version, opened.party, keyring=keyring, at=at, form=once)
    except ChangedMeanwhile:  # what was said in another window comes above what was typed, ready to be sent over it
        typed = request.POST.copy()
        typed["version"] = str(feedback_queries.feedback_of(opened.row, opened.party, keyring).version)
        return _show_feedback(request, opened, FeedbackForm(typed), status=409, meanwhile=True)
    except (*NOT_SAVED, Tampered) as why:
        return not_saved(request, room_of(opened), text, why)
    messages.success(request, _("Thank you. It stays between you both."))
    return redirect("meeting:room", opened.row.mentorship_id)


@require_POST
def ask(request: Request, pk: UUID) -> HttpResponse:
    """Ask the mentee how it was."""
    opened = _using_feedback(gate.session(request.actor, pk, Access.ASK_FEEDBACK))
    form = Form(request.POST)
    if form.is_valid():
        actor, at = request.actor.id, timezone.now()
        try:
            feedback_actions.ask(opened.row, opened.party, actor=actor, at=at, form=form.form_id)
            messages.success(request, _("You've asked. There's no hurry, and they don't have to answer."))
        except NoRecord:
            messages.info(request, _("One of you has turned writing off, so we haven't asked."))
    return redirect("meeting:room", opened.row.mentorship_id)


@require_POST
def skip(request: Request, pk: UUID) -> HttpResponse:
    """Say: not this time."""
    opened = gate.feedback(request.actor, pk, Access.ANSWER)
    form = Form(request.POST)
    if form.is_valid():
        actor, at = request.actor.id, timezone.now()
        feedback_actions.skip(opened.row, opened.party, actor=actor, at=at, form=form.form_id)
        done = _("That's all right. We won't tell anyone. You can still answer on the session's page.")
        messages.success(request, done)
    return redirect("meeting:room", opened.row.mentorship_id)


def _using_feedback(opened: Opened[Session]) -> Opened[Session]:
    """Return the same session; raise NotFound where its scheme has no feedback."""
    if not opened.row.mentorship.scheme.feedback:
        raise NotFound("feedback")
    return opened


def _show_feedback(
    request: Request, opened: Opened[Session], form: FeedbackForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    room = room_of(opened)
    try:
        found = feedback_queries.feedback_of(opened.row, opened.party, request.actor.keyring)
    except (NotGranted, Tampered):
        return unreadable(request, room)
    sides = sides_queries.sides_of(room.row, request.actor.id)
    writable = found.may_give and room.row.stage != MentorshipStage.ENDED and not sides.no_record
    if not (writable or form or found.given or found.may_ask or found.waits):
        return redirect("meeting:session", opened.row.pk)
    return show(
        request,
        room,
        "feedback",
        status=status,
        feedback=found,
        sides=sides,
        form=form or FeedbackForm(initial={"text": found.text, "version": found.version}),
        writable=writable or form is not None,
        ask=press("ask"),
        skip=press("skip"),
        **more,
    )
