"""Choosing a mentor, in a scheme whose mentees choose."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ithaca.access import gate
from ithaca.journeys.http import Request
from ithaca.journeys.pairing import showing
from ithaca.journeys.pairing.forms import ChooseForm
from ithaca.records.mentorships import matching
from ithaca.records.mentorships.actions import clearing, introducing
from ithaca.records.mentorships.queries import introductions
from ithaca.records.schemes.models import Scheme

SHOWN = 12
"""The best suited are enough to choose from."""


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Request, pk: UUID) -> HttpResponse:
    """The mentors who suit what was said, each with the reasons; choosing one asks them at once."""
    opened = gate.request(request.actor, pk, "choose")
    row, at = opened.row, timezone.now()
    scheme = row.membership.scheme
    if scheme.proposing != Scheme.Proposing.MENTEE or (row.stage != "waiting" and request.method != "POST"):
        return redirect("pairing:request", pk=pk)
    form = ChooseForm(request.POST) if request.method == "POST" else ChooseForm()
    if form.is_bound and form.is_valid():
        standing = matching.standing_in(scheme, form.cleaned_data["standing"])
        if standing is None:
            raise gate.NotFound("standing")
        try:
            made = introducing.choose(
                row, standing, keyring=request.actor.keyring, actor=request.actor.id, at=at, form=form.form_id
            )
            return redirect("pairing:introduction", pk=made.pk)
        except clearing.StillChecked:
            return redirect("pairing:request", pk=pk)
        except clearing.NotPossible:
            messages.info(request, _("This mentor has just become unavailable. You keep your place. Choose another."))
            return redirect("pairing:request_mentors", pk=pk)
    if row.membership.stage not in matching.INTRODUCIBLE:
        return redirect("pairing:request", pk=pk)
    found = [showing.mentor(each) for each in introductions.mentors_to_choose(matching.candidates(row, at))]
    found = found[:SHOWN]
    context = {"scheme": scheme, "row": row, "mentors": found, "form": form}
    return render(request, "pairing/mentors.html", context, status=422 if form.is_bound else 200)
