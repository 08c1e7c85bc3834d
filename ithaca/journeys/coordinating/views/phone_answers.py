"""Answers that people give a coordinator by phone, recorded for them. An email lets them know."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.acts import button, carry_out, pressed
from ithaca.journeys.coordinating.forms import Told
from ithaca.journeys.coordinating.phone_answer_words import TOLD
from ithaca.journeys.http import Request
from ithaca.records.mentorships.overview.actions import phone_answers as acts
from ithaca.records.mentorships.overview.queries.phone_answers import phone_answers_of
from ithaca.records.mentorships.pairing.actions import requests as request_acts
from ithaca.records.mentorships.rules.stages.pairing import IntroductionStage, RequestAct
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Impossible
from ithaca.tools.design.forms import Form

Note = Callable[..., bool]


@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: Request, pk: UUID) -> HttpResponse:
    """Record what either person said of an introduction. The mentee's yes is not offered, as it needs their key."""
    row = gate.introduction(request.actor, pk, Access.NOTE_BY_PHONE).row
    names = {"mentee": row.request.membership.user.name, "mentor": row.standing.membership.user.name}
    more = {
        "who": list(names.values()),
        "names": names,
        "link": button("link")
        if row.stage in (IntroductionStage.OFFERED_TO_MENTEE, IntroductionStage.OFFERED_TO_MENTOR)
        else None,
        "mentee_asked": row.stage == IntroductionStage.OFFERED_TO_MENTEE,
    }
    scheme, back = row.request.membership.scheme, reverse("coordinating:introduction_desk", args=[pk])
    open_now = acts.possible_of_introduction(row)
    return answer_page(request, "introduction", row, scheme, back, open_now, acts.record_of_introduction, more)


@require_POST
def link(request: Request, pk: UUID) -> HttpResponse:
    """Send the letter with the link once more to the one whose answer is wanted."""
    row = gate.introduction(request.actor, pk, Access.NOTE_BY_PHONE).row
    form = pressed(request, "link", Form)
    form.full_clean()
    acts.send_link_again(row, coordinator=request.actor.id, at=timezone.now(), form=form.form_id)
    messages.success(request, _("We're sending the email with the link again."))
    return redirect("coordinating:introduction_desk", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: Request, pk: UUID) -> HttpResponse:
    """Record what a mentee said of their request, or offer to reopen one that was closed."""
    opened = gate.request(request.actor, pk, Access.NOTE_BY_PHONE)
    row = opened.row
    more: dict[str, Any] = {
        "who": [row.membership.user.name],
        "open_again": button(RequestAct.REOPEN) if opened.may(RequestAct.REOPEN) else None,
        "record": row,
    }
    back = reverse("coordinating:request_desk", args=[pk])
    return answer_page(
        request,
        "request",
        row,
        row.membership.scheme,
        back,
        acts.possible_of_request(row),
        acts.record_of_request,
        more,
    )


@require_POST
def open_again(request: Request, pk: UUID) -> HttpResponse:
    """Put a request that was closed for now back in the queue, at its old date."""
    opened, at = gate.request(request.actor, pk, Access.NOTE_BY_PHONE), timezone.now()
    if not opened.may(RequestAct.REOPEN):
        raise Impossible("request", opened.row.stage, RequestAct.REOPEN, opened.party)
    form = pressed(request, RequestAct.REOPEN, Form)
    form.full_clean()
    request_acts.reopen(opened.row, opened.party, actor=request.actor.id, at=at, form=form.form_id)
    name = opened.row.membership.user.name
    messages.success(request, _("%(name)s is back in their old place in the queue.") % {"name": name})
    return redirect("coordinating:request_desk", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def standing(request: Request, pk: UUID) -> HttpResponse:
    """Record what a mentor said of their offer: on leave, back, or giving up."""
    row = gate.standing(request.actor, pk, Access.NOTE_BY_PHONE).row
    back = reverse("coordinating:standing", args=[pk])
    more = {"who": [row.membership.user.name]}
    return answer_page(
        request,
        "standing",
        row,
        row.membership.scheme,
        back,
        acts.possible_of_standing(row),
        acts.record_of_standing,
        more,
    )


def answer_page(
    request: Request,
    noun: str,
    row: Any,
    scheme: Scheme,
    back: str,
    open_now: Sequence[str],
    note: Note,
    more: dict[str, Any],
    template: str = "phone_answer",
) -> HttpResponse:
    """Show what can be recorded now, or record it."""
    names = more.get("names", {})
    told = {answer: str(words) % names for (kind, answer), words in TOLD.items() if kind == noun}
    words = told if request.method == "POST" else {answer: told[answer] for answer in open_now}

    def page(form: Told | None) -> HttpResponse:
        if form:
            form.offer({answer: told[answer] for answer in open_now})
        shown = {
            "scheme": scheme,
            "noun": noun,
            "row": row,
            "back": back,
            "noted": [(one, told.get(one.answer, one.answer)) for one in phone_answers_of(noun, row.pk)],
            "form": form or (Told(auto_id="told-%s", words=words) if words else None),
            "faulty": form,
        }
        return render(request, f"coordinating/{template}.html", shown | more)

    if request.method != "POST":
        return page(None)
    at: datetime = timezone.now()
    return carry_out(
        request,
        Told(request.POST, auto_id="told-%s", words=words),
        lambda form: note(row, form.cleaned_data["answer"], coordinator=request.actor.id, at=at, form=form.form_id),
        done=_("We've recorded what they told you by phone. We'll email them to say so."),
        to=back,
        page=page,
    )
