"""Offers to mentor: the scheme's checks, a conversation, and the coordinator's answer. Nobody handles their own."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import STAFF_READ, Access
from ithaca.journeys.acts import Act, button, carry_out, pressed, take
from ithaca.journeys.coordinating.forms import Defer
from ithaca.journeys.coordinating.words import APPLICATION_STAGES, answers_in_words
from ithaca.journeys.http import Request
from ithaca.records.members.actions import applications
from ithaca.records.members.models import MentorApplication
from ithaca.records.members.queries import applications as application_queries
from ithaca.records.members.stages import ApplicationAct, ApplicationStage
from ithaca.records.mentorships.pairing.actions import findings
from ithaca.tools.design.forms import Form


def _approve(row: MentorApplication, _form: Form, how: dict[str, Any]) -> None:
    """Approve it, and introduce at once whoever had found this mentor."""
    applications.approve(row, **how)
    findings.settle_with(row.membership.user_id, row.membership.scheme, how["at"])


ACTS: dict[ApplicationAct, Act] = {
    ApplicationAct.CHECK: Act(
        lambda row, _form, how: applications.begin_checks(row, **how),
        gettext_lazy("You've started the checks."),
        stays=True,
    ),
    ApplicationAct.TALK: Act(
        lambda row, _form, how: applications.talk(row, **how),
        gettext_lazy("We've asked %(name)s for a conversation."),
        stays=True,
    ),
    ApplicationAct.APPROVE: Act(_approve, gettext_lazy("%(name)s is now a mentor.")),
    ApplicationAct.DEFER: Act(
        lambda row, form, how: applications.defer(row, form.cleaned_data["what"], **how),
        gettext_lazy("We've asked %(name)s for more information."),
        Defer,
    ),
    ApplicationAct.DECLINE: Act(
        lambda row, _form, how: applications.decline(row, **how),
        gettext_lazy("You've turned down the offer from %(name)s."),
    ),
}
"""What can be done with an offer, by the name of its act."""
Opened = gate.Opened[MentorApplication]


@require_safe
def application(request: Request, pk: UUID) -> HttpResponse:
    """Show the offer, the scheme's checks, and every answer that is open now."""
    return _page(request, _opened(request, pk))


@require_POST
def act(request: Request, pk: UUID, act: ApplicationAct) -> HttpResponse:
    """Carry out one of the acts."""
    opened = _opened(request, pk)
    page = partial(_page, request, opened)
    return take(request, act, ACTS[act], opened.row, opened.row.membership, here=_here(pk), page=page)


@require_POST
def pass_check(request: Request, pk: UUID, check: str) -> HttpResponse:
    """Tick off one of the scheme's checks."""
    opened, at = _opened(request, pk), timezone.now()
    if check not in opened.row.membership.scheme.checks:
        raise Http404
    return carry_out(
        request,
        pressed(request, check, Form),
        lambda form: applications.pass_check(opened.row, check, coordinator=request.actor.id, at=at, form=form.form_id),
        done=_("We've marked the check as done."),
        to=_here(pk),
        page=lambda form: _page(request, opened, faulty=form),
    )


def _opened(request: Request, pk: UUID) -> Opened:
    return gate.application(request.actor, pk, Access.READ_CHECK)


def _here(pk: UUID) -> str:
    return reverse("coordinating:application", args=[pk])


def _page(request: Request, opened: Opened, faulty: Form | None = None, **sent: Form) -> HttpResponse:
    row = opened.row
    found = application_queries.to_decide(row, timezone.localdate())
    forms: dict[str, Form] = {name: button(name, act.form) for name, act in ACTS.items() if opened.may(name)}
    if not found.all_passed:
        forms.pop(ApplicationAct.APPROVE, None)
    to_tick = row.stage in (ApplicationStage.CHECKS, ApplicationStage.CONVERSATION)
    return render(
        request,
        "coordinating/application.html",
        {
            "scheme": row.membership.scheme,
            "application": row,
            "found": found,
            "stage_words": APPLICATION_STAGES[row.stage],
            "said": answers_in_words(found.offer, STAFF_READ["application"]),
            "checks": [
                (check, button(check.code) if to_tick and not check.passed_on else None) for check in found.checks
            ],
            "forms": forms | sent,
            "faulty": faulty or next(iter(sent.values()), None),
        },
    )
