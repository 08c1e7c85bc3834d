"""An introduction at the desk: its steps, why these two and not the others, who comes next, and a way to stop it."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.acts import button, carry_out, pressed
from ithaca.journeys.coordinating.forms import ComesNext
from ithaca.journeys.coordinating.views.requests import proposable
from ithaca.journeys.coordinating.words import parts_in_words, step_words
from ithaca.journeys.http import Request
from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.pairing.actions import introductions, shortlists
from ithaca.records.mentorships.pairing.queries import candidates, score_parts
from ithaca.records.mentorships.pairing.queries.introductions import (
    next_on_shortlist,
    parts_of,
    steps_so_far,
    why_not_others,
)
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct
from ithaca.tools.design.forms import Form

Opened = gate.Opened[Introduction]


@require_safe
def introduction(request: Request, pk: UUID) -> HttpResponse:
    return _page(request, gate.introduction(request.actor, pk, Access.READ_STEPS))


@require_POST
def take_back(request: Request, pk: UUID) -> HttpResponse:
    """Take an offer back before it is answered; the mentee waits again, at their old place."""
    opened, at = gate.introduction(request.actor, pk, Access.READ_STEPS), timezone.now()
    return carry_out(
        request,
        pressed(request, IntroductionAct.TAKE_BACK, Form),
        lambda form: introductions.take_back(opened.row, actor=request.actor.id, at=at, form=form.form_id),
        done=_("You've withdrawn the introduction."),
        to=reverse("coordinating:request_desk", args=[opened.row.request_id]),
        page=lambda form: _page(request, opened),  # a button has nothing to mend
    )


@require_POST
def change_next(request: Request, pk: UUID) -> HttpResponse:
    """Say who comes next if it does not go ahead, change the order, or take them back."""
    opened, at = gate.introduction(request.actor, pk, Access.READ_STEPS), timezone.now()

    def act(form: ComesNext) -> None:
        then = [gate.standing(request.actor, standing, Access.PROPOSE).row for standing in form.standings]
        shortlists.change(opened.row, then, opened.party, actor=request.actor.id, at=at, form=form.form_id)

    return carry_out(
        request,
        _comes_next(opened, at, request.POST),
        act,
        done=_("We've saved the list."),
        to=reverse("coordinating:introduction_desk", args=[pk]),
        page=lambda form: _page(request, opened, form),
    )


def _comes_next(opened: Opened, at: datetime, posted: QueryDict | None = None) -> ComesNext:
    """Build the form of who comes next: the people on the list, and whoever else may be introduced."""
    row = opened.row
    listed = next_on_shortlist(row.request)
    names = dict(proposable(candidates.candidates(row.request, at), opened.actor.id))
    names |= {each.standing: each.name for each in listed}
    names.pop(row.standing_id, None)
    stands = dict(zip(("second", "third"), (str(each.standing) for each in listed), strict=False))
    return ComesNext(posted, auto_id="next-%s", mentors=list(names.items()), initial=stands)


def _page(request: Request, opened: Opened, faulty: Form | None = None) -> HttpResponse:
    row, at = opened.row, timezone.now()
    scheme = row.request.membership.scheme
    forms: dict[str, Form] = (
        {IntroductionAct.TAKE_BACK: button(IntroductionAct.TAKE_BACK)} if opened.may(IntroductionAct.TAKE_BACK) else {}
    )
    if row.stage in Introduction.OFFERS:
        forms["next"] = faulty or _comes_next(opened, at)
    why_not = why_not_others(row)
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
            "over": row.stage in Introduction.OVER,
            "parts": parts_in_words(parts_of(row)),
            "why_not": why_not,
            "refused": [(score_parts.words([candidates.Reason(code)])[0], count) for code, count in why_not.refused]
            if why_not
            else [],
            "behind": -why_not.ahead if why_not else 0,
            "listed": next_on_shortlist(row.request),
            "faulty": faulty,
            "forms": forms,
        },
    )
