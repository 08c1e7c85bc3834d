"""The first chat of two people who have been introduced."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ithaca.access import gate
from ithaca.journeys.http import Request
from ithaca.journeys.pairing.forms import first_chats as forms
from ithaca.journeys.pairing.forms.buttons import pressed
from ithaca.journeys.pairing.views.own import own_introduction
from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.pairing.actions import first_chats as actions
from ithaca.records.mentorships.pairing.queries import first_chats as queries
from ithaca.records.mentorships.pairing.queries import introductions
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct


@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: Request, pk: UUID) -> HttpResponse:
    """Set or move the first chat."""
    opened = own_introduction(request, pk)
    row, at = opened.row, timezone.now()
    if request.method != "POST":
        if not opened.may(IntroductionAct.ARRANGE_CHAT):
            return redirect("pairing:introduction", pk=pk)
        chat = introductions.chat_of(row)
        initial = forms.initial(row.chat_at, chat.way, chat.place) if chat else None
        return _arrange(request, row, forms.FirstChatForm(initial=initial, at=at))
    form = forms.FirstChatForm(request.POST, at=at)
    if not form.is_valid():
        return _arrange(request, row, form, 422)
    said = form.cleaned_data
    actions.arrange(
        row,
        opened.party,
        chat_at=said["chat_at"],
        way=said["way"],
        place=said["place"],
        actor=request.actor.id,
        at=at,
        form=form.form_id,
    )
    messages.success(request, _("Saved. We're sending each of you a calendar invitation."))
    return redirect("pairing:introduction", pk=pk)


@require_safe
def calendar(request: Request, pk: UUID) -> HttpResponse:
    """Return the calendar file of the first chat, for the one who asks. There is none while no time is set."""
    opened = own_introduction(request, pk)
    file = queries.file_for(opened.row, opened.party, timezone.now())
    if file is None:
        raise gate.NotFound("introduction")
    return HttpResponse(
        file.text,
        content_type=f"text/calendar; charset=utf-8; method={file.method}",
        headers={"Content-Disposition": 'attachment; filename="appointment.ics"', "Cache-Control": "no-store"},
    )


@require_POST
def miss(request: Request, pk: UUID) -> HttpResponse:
    """Say that the first chat did not happen."""
    opened = own_introduction(request, pk)
    form, at = pressed(request), timezone.now()
    actions.miss(opened.row, opened.party, actor=request.actor.id, at=at, form=form.form_id)
    return redirect("pairing:introduction", pk=pk)


def _arrange(request: Request, row: Introduction, form: forms.FirstChatForm, status: int = 200) -> HttpResponse:
    context = {"scheme": row.request.membership.scheme, "row": row, "form": form}
    return render(request, "pairing/first_chat_form.html", context, status=status)
