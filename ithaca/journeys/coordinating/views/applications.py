"""Offers to mentor: the scheme's checks, a conversation, and the coordinator's answer. Nobody handles their own."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import STAFF_READ
from ithaca.journeys.coordinating.acting import button, carry_out, desk_of, pressed
from ithaca.journeys.coordinating.forms import Defer
from ithaca.journeys.coordinating.words import APPLICATION_STAGES, answers_in_words
from ithaca.journeys.http import Request
from ithaca.records.members.actions import mentoring
from ithaca.records.members.models import MentorApplication
from ithaca.records.members.queries import desk
from ithaca.tools.design.forms import Form

ACTS: dict[str, type[Form]] = {"check": Form, "talk": Form, "approve": Form, "defer": Defer, "decline": Form}
Opened = gate.Opened[MentorApplication]


@require_safe
def application(request: Request, pk: UUID) -> HttpResponse:
    """The offer, the scheme's checks, and every answer that is open now."""
    return _page(request, _opened(request, pk))


@require_POST
def begin_checks(request: Request, pk: UUID) -> HttpResponse:
    opened, at = _opened(request, pk), timezone.now()
    return carry_out(
        request,
        pressed(request, "check", Form),
        lambda form: mentoring.begin_checks(opened.row, coordinator=request.actor.id, at=at, form=form.form_id),
        done=_("You have begun the checks."),
        to=_here(pk),
        page=lambda form: _page(request, opened, check=form),
    )


@require_POST
def pass_check(request: Request, pk: UUID, check: str) -> HttpResponse:
    """Tick off one of the scheme's checks."""
    opened, at = _opened(request, pk), timezone.now()
    if check not in opened.row.membership.scheme.checks:
        raise Http404
    return carry_out(
        request,
        pressed(request, check, Form),
        lambda form: mentoring.pass_check(opened.row, check, coordinator=request.actor.id, at=at, form=form.form_id),
        done=_("The check is ticked off."),
        to=_here(pk),
        page=lambda form: _page(request, opened, faulty=form),
    )


@require_POST
def talk(request: Request, pk: UUID) -> HttpResponse:
    """Ask the member for a conversation."""
    opened, at = _opened(request, pk), timezone.now()
    return carry_out(
        request,
        pressed(request, "talk", Form),
        lambda form: mentoring.talk(opened.row, coordinator=request.actor.id, at=at, form=form.form_id),
        done=_("%(name)s is asked for a conversation.") % {"name": opened.row.membership.user.name},
        to=_here(pk),
        page=lambda form: _page(request, opened, talk=form),
    )


@require_POST
def approve(request: Request, pk: UUID) -> HttpResponse:
    opened, at = _opened(request, pk), timezone.now()
    return carry_out(
        request,
        pressed(request, "approve", Form),
        lambda form: mentoring.approve(opened.row, coordinator=request.actor.id, at=at, form=form.form_id),
        done=_("%(name)s is a mentor now.") % {"name": opened.row.membership.user.name},
        to=desk_of(opened.row.membership.scheme),
        page=lambda form: _page(request, opened, approve=form),
    )


@require_POST
def defer(request: Request, pk: UUID) -> HttpResponse:
    """Ask for a little more before approving."""
    opened, at = _opened(request, pk), timezone.now()
    return carry_out(
        request,
        pressed(request, "defer", Defer),
        lambda form: mentoring.defer(
            opened.row, form.cleaned_data["what"], coordinator=request.actor.id, at=at, form=form.form_id
        ),
        done=_("%(name)s is asked for a little more.") % {"name": opened.row.membership.user.name},
        to=desk_of(opened.row.membership.scheme),
        page=lambda form: _page(request, opened, defer=form),
    )


@require_POST
def decline(request: Request, pk: UUID) -> HttpResponse:
    opened, at = _opened(request, pk), timezone.now()
    return carry_out(
        request,
        pressed(request, "decline", Form),
        lambda form: mentoring.decline(opened.row, coordinator=request.actor.id, at=at, form=form.form_id),
        done=_("The offer of %(name)s is declined.") % {"name": opened.row.membership.user.name},
        to=desk_of(opened.row.membership.scheme),
        page=lambda form: _page(request, opened, decline=form),
    )


def _opened(request: Request, pk: UUID) -> Opened:
    return gate.application(request.actor, pk, "read_check")


def _here(pk: UUID) -> str:
    return reverse("coordinating:application", args=[pk])


def _page(request: Request, opened: Opened, faulty: Form | None = None, **sent: Form) -> HttpResponse:
    row = opened.row
    found = desk.to_decide(row, timezone.localdate())
    forms = {act: button(act, form) for act, form in ACTS.items() if opened.may(act)}
    if not found.all_passed:
        forms.pop("approve", None)
    to_tick = row.stage in ("checks", "conversation")
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
