"""An introduction at the desk: its steps with their dates, why these two, and a way to take it back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ithaca.access import gate
from ithaca.journeys.coordinating.acting import button, carry_out, pressed
from ithaca.journeys.coordinating.words import parts_in_words, step_words
from ithaca.journeys.http import Request
from ithaca.records.mentorships.actions import introducing
from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.queries.handling import steps_so_far
from ithaca.records.mentorships.queries.introductions import parts_of
from ithaca.tools.design.forms import Form

Opened = gate.Opened[Introduction]


@require_safe
def introduction(request: Request, pk: UUID) -> HttpResponse:
    return _page(request, gate.introduction(request.actor, pk, "read_steps"))


@require_POST
def take_back(request: Request, pk: UUID) -> HttpResponse:
    """Take an offer back before it is answered; the mentee waits again, at their old place."""
    opened, at = gate.introduction(request.actor, pk, "read_steps"), timezone.now()
    return carry_out(
        request,
        pressed(request, "take_back", Form),
        lambda form: introducing.take_back(opened.row, actor=request.actor.id, at=at, form=form.form_id),
        done=_("The introduction is taken back."),
        to=reverse("coordinating:request_desk", args=[opened.row.request_id]),
        page=lambda form: _page(request, opened),
    )


def _page(request: Request, opened: Opened) -> HttpResponse:
    row = opened.row
    scheme = row.request.membership.scheme
    return render(
        request,
        "coordinating/introduction.html",
        {
            "scheme": scheme,
            "introduction": row,
            "mentee": row.request.membership.user.name,
            "mentor": row.standing.membership.user.name,
            "stage_words": step_words(scheme, row.stage),
            "steps": [(step, step_words(scheme, step.to)) for step in steps_so_far(row)],
            "awaited": row.stage in Introduction.AWAITED,
            "parts": parts_in_words(parts_of(row)),
            "forms": {"take_back": button("take_back")} if opened.may("take_back") else {},
        },
    )
