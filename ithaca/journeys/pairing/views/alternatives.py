"""What else one could do when nobody is likely soon: the mentee chooses, and keeps the place in the queue."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ithaca.journeys.http import Request
from ithaca.journeys.pairing.forms.alternatives import CHOSEN, AlternativeForm, ElsewhereForm
from ithaca.journeys.pairing.views.own import own_request
from ithaca.records.members.stages import MembershipStage
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import alternatives as actions
from ithaca.records.mentorships.pairing.actions.requests import CannotAsk
from ithaca.records.mentorships.pairing.queries.waits import in_words, ranges_of
from ithaca.records.mentorships.rules.stages.pairing import RequestStage
from ithaca.records.schemes.models import Scheme


@require_http_methods(["GET", "HEAD", "POST"])
def alternatives(request: Request, pk: UUID) -> HttpResponse:
    """Choose one of the ways."""
    row = own_request(request, pk).row
    without = () if _neighbours(row) else ("neighbour",)
    form = AlternativeForm(request.POST if request.method == "POST" else None, without=without)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        if code == "neighbour":
            return redirect("pairing:alternatives_elsewhere", pk=pk)
        actions.choose(row, code, actor=request.actor.id, at=timezone.now(), form=form.form_id)
        messages.success(request, CHOSEN[code])
        return redirect("pairing:request", pk=pk)
    if row.stage != RequestStage.WAITING:
        return redirect("pairing:request", pk=pk)
    context = {
        "scheme": row.membership.scheme,
        "row": row,
        "form": form,
        "wait": in_words(ranges_of(row.membership.scheme).get(row.membership.profession)),
    }
    return render(request, "pairing/alternatives.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def elsewhere(request: Request, pk: UUID) -> HttpResponse:
    """Ask in a neighbouring scheme, with consent."""
    row = own_request(request, pk).row
    schemes = _neighbours(row)
    if not schemes or (row.stage != RequestStage.WAITING and request.method != "POST"):
        return redirect("pairing:request", pk=pk)
    form = ElsewhereForm(request.POST if request.method == "POST" else None, schemes=schemes)
    if form.is_bound and form.is_valid():
        there = next(scheme for scheme in schemes if scheme.slug == form.cleaned_data["scheme"])
        try:
            made = actions.ask_elsewhere(row, there, at=timezone.now(), form=form.form_id)
        except CannotAsk:
            form.add_error("scheme", _("Your membership of that scheme is closed. Its coordinator can tell you why."))
        else:
            messages.success(request, _("We've copied your answers. You keep your place here."))
            return redirect(_next_page(made))
    context = {"scheme": row.membership.scheme, "row": row, "form": form}
    return render(request, "pairing/alternatives_elsewhere.html", context, status=422 if form.is_bound else 200)


def _next_page(made: MentoringRequest) -> str:
    """Return the next page: joining first, if that is still open; then the answers, to check and to send."""
    if made.membership.stage in (MembershipStage.DRAFT, MembershipStage.CORRECTING):
        return reverse("joining:join", args=[made.membership.scheme.slug])
    return reverse("pairing:request", args=[made.pk])


def _neighbours(row: MentoringRequest) -> list[Scheme]:
    return actions.neighbours(row.membership.scheme, row.membership.profession)
