"""An introduction, as the mentee and as the mentor see it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.pairing import words
from ithaca.journeys.pairing.forms.buttons import ButtonForm, pressed
from ithaca.journeys.pairing.forms.introductions import REASONS_FOR_NO, DeclineForm
from ithaca.journeys.pairing.views.own import own_introduction
from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.pairing.actions import first_chats
from ithaca.records.mentorships.pairing.actions import introductions as introductions_actions
from ithaca.records.mentorships.pairing.queries import introductions, request_cards
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct, IntroductionStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party


@require_safe
def introduction(request: Request, pk: UUID) -> HttpResponse:
    """Show the other person as far as this stage allows, and what may be done."""
    opened = gate.introduction(request.actor, pk, Access.READ)
    row = opened.row
    if opened.party is Party.COORDINATOR:
        return redirect("coordinating:introduction_desk", pk=pk)
    scheme = row.request.membership.scheme
    if row.stage in Introduction.OVER:
        return _over(request, opened)
    if row.stage == IntroductionStage.CONFIRMED:
        return redirect("meeting:room", pk=pk)
    context: dict[str, Any] = {
        "scheme": scheme,
        "row": row,
        "accept": opened.may(IntroductionAct.MENTEE_ACCEPT) or opened.may(IntroductionAct.MENTOR_ACCEPT),
        "decline": opened.may(introductions_actions.no_of(row, opened.party)),
        "ask": opened.may(IntroductionAct.ASK),
        "answer": opened.may(IntroductionAct.ANSWER),
        "too_close": opened.may(IntroductionAct.VOID),
        "exchanges": introductions.exchanges_of(row, request.actor.keyring),
        "arrange": opened.may(IntroductionAct.ARRANGE_CHAT),
        "chat": words.describe_chat(introductions.chat_of(row)),
        "said_yes": getattr(row, f"{opened.party}_confirmed_at") is not None,
        "form": ButtonForm(),
        "missed": ButtonForm(),
    }
    if opened.party is Party.MENTEE:
        context |= {
            "card": request_cards.mentee_card(row),
            "mentor": words.describe_mentor(introductions.mentor_shown(row)),
            "following": introductions.next_on_shortlist(row.request),
            "chooses": scheme.proposing == Scheme.Proposing.MENTEE,
        }
        return render(request, "pairing/introduction_mentee.html", context)
    shown = introductions.mentee_shown(row, request.actor.keyring)
    context |= {"card": request_cards.mentor_card(row), "mentee": words.describe_mentee(shown)}
    return render(request, "pairing/introduction_mentor.html", context)


@require_POST
def accept(request: Request, pk: UUID) -> HttpResponse:
    """Say yes. The mentee's yes needs their own keys; the mentor's does not."""
    opened = own_introduction(request, pk)
    form, at, actor = pressed(request), timezone.now(), request.actor
    if opened.party is Party.MENTEE:
        introductions_actions.mentee_accept(opened.row, keyring=actor.keyring, actor=actor.id, at=at, form=form.form_id)
    else:
        introductions_actions.mentor_accept(opened.row, actor=actor.id, at=at, form=form.form_id)
        if opened.row.stage == IntroductionStage.CONFIRMED:
            messages.success(request, _("You both said yes."))
    return redirect("pairing:introduction", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: Request, pk: UUID) -> HttpResponse:
    """Say no, with a reason only they can read, or none."""
    opened = own_introduction(request, pk)
    row, keyring = opened.row, request.actor.keyring
    if request.method != "POST":
        if row.stage in Introduction.OVER or not opened.may(introductions_actions.no_of(row, opened.party)):
            return redirect("pairing:introduction", pk=pk)
        return _decline(request, row, DeclineForm())
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _decline(request, row, form, 422)
    introductions_actions.decline(
        row,
        opened.party,
        reason=form.cleaned_data["reason"],
        words=form.cleaned_data["words"],
        keyring=keyring,
        actor=request.actor.id,
        at=timezone.now(),
        form=form.form_id,
    )
    if opened.party is Party.MENTEE:
        messages.success(request, _("Thank you for your answer. You keep your place, from the day you asked."))
        return redirect("pairing:request", pk=row.request_id)
    messages.success(request, _("Thank you for your answer. Your place is free again."))
    return redirect("joining:home")


@require_POST
def confirm(request: Request, pk: UUID) -> HttpResponse:
    """Say yes after the first chat."""
    opened = own_introduction(request, pk)
    form, at = pressed(request), timezone.now()
    first_chats.say_yes(opened.row, opened.party, actor=request.actor.id, at=at, form=form.form_id)
    begun = opened.row.stage == IntroductionStage.CONFIRMED
    if begun:
        messages.success(request, _("You both said yes. Choose a time for your first session."))
    return redirect("meeting:session_schedule" if begun else "pairing:introduction", pk=pk)


def _over(request: Request, opened: gate.Opened[Introduction]) -> HttpResponse:
    """Say that it did not go ahead, what comes next, and what they noted for themselves."""
    row = opened.row
    noted = introductions.decline_reason_of(row, request.actor.id, request.actor.keyring)
    live = introductions.live_introduction_of(row.request) if opened.party is Party.MENTEE else None
    context = {
        "scheme": row.request.membership.scheme,
        "row": row,
        "party": opened.party,
        "live": live,
        "noted": noted,
        "noted_kind": REASONS_FOR_NO.get(noted.kind, "") if noted else "",
    }
    return render(request, "pairing/introduction_over.html", context)


def _decline(request: Request, row: Introduction, form: DeclineForm, status: int = 200) -> HttpResponse:
    context = {
        "scheme": row.request.membership.scheme,
        "row": row,
        "form": form,
        "locked": request.actor.keyring is None,
    }
    return render(request, "pairing/introduction_decline.html", context, status=status)
