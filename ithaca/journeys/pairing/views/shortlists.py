"""Choosing mentors, in a scheme whose mentees choose: one at once, or up to three in an order."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.pairing import words
from ithaca.journeys.pairing.forms.shortlists import ChooseForm, NextOnShortlistForm, ShortlistForm
from ithaca.journeys.pairing.views.own import own_introduction
from ithaca.records.members.models import MentorStanding
from ithaca.records.members.stages import INTRODUCIBLE
from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.mentorships.pairing.actions import clear_candidate
from ithaca.records.mentorships.pairing.actions import introductions as introductions_actions
from ithaca.records.mentorships.pairing.actions import shortlists as actions
from ithaca.records.mentorships.pairing.queries import candidates, introductions, request_cards, requests
from ithaca.records.mentorships.pairing.queries.introductions import MentorShown
from ithaca.records.mentorships.rules.stages.pairing import RequestStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.design.forms import Form

SHOWN = 12
"""The best suited are enough to choose from."""


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Request, pk: UUID) -> HttpResponse:
    """Show the mentors who suit what was said, each with reasons; choosing asks the first straight away."""
    opened = gate.request(request.actor, pk, Access.CHOOSE)
    row, at = opened.row, timezone.now()
    scheme = row.membership.scheme
    if scheme.proposing != Scheme.Proposing.MENTEE or (row.stage != RequestStage.WAITING and request.method != "POST"):
        return redirect("pairing:request", pk=pk)
    if row.membership.stage not in INTRODUCIBLE:
        return _not_yet(request, row)
    if row.stage != RequestStage.WAITING:
        return _asked_already(request, row)
    ranks = "first" in request.POST
    form = ChooseForm(request.POST) if request.method == "POST" and not ranks else ChooseForm()
    if form.is_valid():
        return _ask(request, row, form, at)
    shown = _mentors(row, at)
    ranked = ShortlistForm(request.POST if ranks else None, mentors=_names(shown), auto_id="rank-%s")
    if ranked.is_valid():
        return _ask(request, row, ranked, at)
    context = {
        "scheme": scheme,
        "row": row,
        "mentors": [words.describe_mentor(mentor) for mentor in shown],
        "form": form,
        "ranked": ranked if len(shown) > 1 else None,
        "faulty": ranked if ranks else form,
    }
    return render(request, "pairing/mentors.html", context, status=422 if request.method == "POST" else 200)


def _not_yet(request: Request, row: MentoringRequest) -> HttpResponse:
    """Their membership is being checked: this is where they choose as soon as it is confirmed."""
    card = request_cards.card(row, None, requests.last_heard([row])[row.pk])
    context = {"scheme": row.membership.scheme, "row": row, "card": card}
    return render(request, "pairing/mentors_not_yet.html", context, status=409 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, pk: UUID) -> HttpResponse:
    """Say who comes next if the introduction under way does not go ahead: change the order, or empty the list.

    Where the coordinator proposes, the mentee may only say that nobody else is to be asked by itself.
    """
    opened = own_introduction(request, pk)
    row, actor, at = opened.row, request.actor, timezone.now()
    if opened.party is not Party.MENTEE or row.stage not in Introduction.OFFERS:
        return redirect("pairing:introduction", pk=pk)
    scheme, listed = row.request.membership.scheme, introductions.next_on_shortlist(row.request)
    chooses = scheme.proposing == Scheme.Proposing.MENTEE
    mentors = _to_name(row, listed, at) if chooses else []
    initial = dict(zip(("second", "third"), (str(each.standing) for each in listed), strict=False))
    form = NextOnShortlistForm(request.POST if request.method == "POST" else None, mentors=mentors, initial=initial)
    if form.is_valid():
        then = _standings(scheme, form.standings)
        try:
            actions.change(row, then, Party.MENTEE, keyring=actor.keyring, actor=actor.id, at=at, form=form.form_id)
        except clear_candidate.NotPossible:
            form.add_error(None, _("One of these mentors has just become unavailable. Choose another."))
        else:
            emptied = _("We won't ask anyone else unless you choose them.")
            messages.success(request, _("Saved.") if then else emptied)
            return redirect("pairing:introduction", pk=pk)
    context = {"scheme": scheme, "row": row, "form": form, "chooses": chooses, "listed": len(listed)}
    return render(request, "pairing/shortlist.html", context, status=422 if form.is_bound else 200)


def _ask(request: Request, row: MentoringRequest, form: Form, at: datetime) -> HttpResponse:
    """Ask the mentor who was chosen, or the first of an order."""
    chosen = form.standings if isinstance(form, ShortlistForm) else [form.cleaned_data["standing"]]
    first, *then = _standings(row.membership.scheme, chosen)
    actor = request.actor
    try:
        made = introductions_actions.choose(
            row, first, then=then, keyring=actor.keyring, actor=actor.id, at=at, form=form.form_id
        )
    except clear_candidate.StillChecked:
        return redirect("pairing:request", pk=row.pk)
    except clear_candidate.NotPossible:
        one = _("This mentor has just become unavailable. You keep your place. Choose another.")
        several = _("One of these mentors has just become unavailable. You keep your place. Choose again.")
        messages.info(request, several if then else one)
        return redirect("pairing:mentors", pk=row.pk)
    return redirect("pairing:introduction", pk=made.pk)


def _asked_already(request: Request, row: MentoringRequest) -> HttpResponse:
    """Lead a second press, or one in another tab, to what the first led to; say so if the wish differs."""
    live = introductions.live_introduction_of(row)
    if live is None:
        return redirect("pairing:request", pk=row.pk)
    if str(live.pk) != request.POST.get("once"):
        messages.info(request, _("You've already asked a mentor. Here's what happens next."))
    return redirect("pairing:introduction", pk=live.pk)


def _standings(scheme: Scheme, chosen: list[UUID]) -> list[MentorStanding]:
    found = [candidates.standing_in(scheme, pk) for pk in chosen]
    if None in found:
        raise gate.NotFound("standing")
    return [standing for standing in found if standing is not None]


def _mentors(row: MentoringRequest, at: datetime) -> tuple[MentorShown, ...]:
    return introductions.mentors_to_choose(candidates.candidates(row, at))[:SHOWN]


def _to_name(row: Introduction, listed: list[introductions.NextOnShortlist], at: datetime) -> list[tuple[UUID, str]]:
    """Those on the list, and those who could be put there: not the one who is asked now."""
    names = dict(_names(_mentors(row.request, at)))
    names |= {each.standing: each.name for each in listed}
    names.pop(row.standing_id, None)
    return list(names.items())


def _names(shown: tuple[MentorShown, ...]) -> list[tuple[UUID, str]]:
    return [(mentor.standing, mentor.name) for mentor in shown]
