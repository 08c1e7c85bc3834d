"""Checking a membership: what the person said, and the coordinator's answer. Nobody handles their own."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ithaca.access import gate
from ithaca.journeys.coordinating.acting import button, carry_out, desk_of, pressed
from ithaca.journeys.coordinating.forms import AskToCorrect, Hold, Place
from ithaca.journeys.coordinating.words import MEMBERSHIP_STAGES
from ithaca.journeys.http import Request
from ithaca.records.members.actions import checking
from ithaca.records.members.models import Membership
from ithaca.records.members.queries import desk, organisations
from ithaca.records.members.words import NOTICES
from ithaca.tools.design.forms import Form

ACTS: dict[str, type[Form]] = {
    "confirm": Form,
    "verify": Form,
    "ask_to_correct": AskToCorrect,
    "turn_down": Form,
    "suspend": Hold,
    "reinstate": Form,
}
CHECKED = ("suspend", "reinstate")
"""What may be done when the checks are over."""
Opened = gate.Opened[Membership]


@require_safe
def check(request: Request, pk: UUID) -> HttpResponse:
    """What was said, and every answer that is open now."""
    return _page(request, _opened(request, pk))


@require_POST
def verify(request: Request, pk: UUID) -> HttpResponse:
    """Take it up, so that the other coordinators see it."""
    opened, at = _opened(request, pk), timezone.now()
    return carry_out(
        request,
        pressed(request, "verify", Form),
        lambda form: checking.verify(opened.row, coordinator=request.actor.id, at=at, form=form.form_id),
        done=_("You have taken it up."),
        to=reverse("coordinating:membership_check", args=[pk]),
        page=lambda form: _page(request, opened, verify=form),
    )


@require_POST
def confirm(request: Request, pk: UUID) -> HttpResponse:
    opened, at = _opened(request, pk), timezone.now()
    return carry_out(
        request,
        pressed(request, "confirm", Form),
        lambda form: checking.confirm(opened.row, coordinator=request.actor.id, at=at, form=form.form_id),
        done=_("The membership of %(name)s is confirmed.") % {"name": opened.row.user.name},
        to=desk_of(opened.row.scheme),
        page=lambda form: _page(request, opened, confirm=form),
    )


@require_POST
def ask_to_correct(request: Request, pk: UUID) -> HttpResponse:
    opened, at = _opened(request, pk), timezone.now()
    return carry_out(
        request,
        pressed(request, "ask_to_correct", AskToCorrect),
        lambda form: checking.ask_to_correct(
            opened.row, form.cleaned_data["what"], coordinator=request.actor.id, at=at, form=form.form_id
        ),
        done=_("%(name)s is asked to look at it again.") % {"name": opened.row.user.name},
        to=desk_of(opened.row.scheme),
        page=lambda form: _page(request, opened, ask_to_correct=form),
    )


@require_POST
def turn_down(request: Request, pk: UUID) -> HttpResponse:
    opened, at = _opened(request, pk), timezone.now()
    return carry_out(
        request,
        pressed(request, "turn_down", Form),
        lambda form: checking.turn_down(opened.row, coordinator=request.actor.id, at=at, form=form.form_id),
        done=_("The membership of %(name)s is turned down.") % {"name": opened.row.user.name},
        to=desk_of(opened.row.scheme),
        page=lambda form: _page(request, opened, turn_down=form),
    )


@require_POST
def suspend(request: Request, pk: UUID) -> HttpResponse:
    """Put a membership on hold, and say why."""
    opened, at = _opened(request, pk), timezone.now()
    return carry_out(
        request,
        pressed(request, "suspend", Hold),
        lambda form: checking.suspend(
            opened.row, form.cleaned_data["notice"], coordinator=request.actor.id, at=at, form=form.form_id
        ),
        done=_("The membership of %(name)s is on hold.") % {"name": opened.row.user.name},
        to=reverse("coordinating:membership_check", args=[pk]),
        page=lambda form: _page(request, opened, suspend=form),
    )


@require_POST
def reinstate(request: Request, pk: UUID) -> HttpResponse:
    opened, at = _opened(request, pk), timezone.now()
    return carry_out(
        request,
        pressed(request, "reinstate", Form),
        lambda form: checking.reinstate(opened.row, coordinator=request.actor.id, at=at, form=form.form_id),
        done=_("The membership of %(name)s goes on.") % {"name": opened.row.user.name},
        to=reverse("coordinating:membership_check", args=[pk]),
        page=lambda form: _page(request, opened, reinstate=form),
    )


@require_POST
def check_register(request: Request, pk: UUID) -> HttpResponse:
    """Record that the coordinator has looked the number up today."""
    opened, at = _opened(request, pk), timezone.now()
    return carry_out(
        request,
        pressed(request, "register_check", Form),
        lambda form: checking.check_registration(
            opened.row, timezone.localdate(at), coordinator=request.actor.id, at=at, form=form.form_id
        ),
        done=_("Recorded that you have looked it up."),
        to=reverse("coordinating:membership_check", args=[pk]),
        page=lambda form: _page(request, opened, register_check=form),
    )


@require_POST
def place(request: Request, pk: UUID) -> HttpResponse:
    """Say which organisation in the list an unlisted practice is."""
    opened, at = _opened(request, pk), timezone.now()
    form = pressed(request, "place", Place)
    organisation = organisations.by_code(form.cleaned_data["code"]) if form.is_valid() else None
    if form.is_valid() and organisation is None:
        form.add_error("code", _("There is no organisation with this code"))
    return carry_out(
        request,
        form,
        lambda form: (
            organisation
            and checking.place(opened.row, organisation, coordinator=request.actor.id, at=at, form=form.form_id)
        ),
        done=_("The organisation is recorded."),
        to=reverse("coordinating:membership_check", args=[pk]),
        page=lambda form: _page(request, opened, place=form),
    )


def _opened(request: Request, pk: UUID) -> Opened:
    return gate.membership(request.actor, pk, "read_check")


def _page(request: Request, opened: Opened, **faulty: Form) -> HttpResponse:
    membership, today = opened.row, timezone.localdate()
    found = desk.to_check(membership, today)
    forms = {act: button(act, form) for act, form in ACTS.items() if opened.may(act)}
    forms |= _extras(opened, found, today) if set(forms) - set(CHECKED) else {}
    return render(
        request,
        "coordinating/membership.html",
        {
            "scheme": membership.scheme,
            "membership": membership,
            "found": found,
            "stage_words": MEMBERSHIP_STAGES[membership.stage],
            "today": today,
            "notice": NOTICES.get(membership.notice, ""),
            "forms": forms | faulty,
            "faulty": next(iter(faulty.values()), None),
        },
    )


def _extras(opened: Opened, found: desk.ToCheck, today: date) -> dict[str, Form]:
    """What may be recorded while the membership is being checked, besides the answer itself."""
    wanted = {
        "register_check": found.register is not None and found.register.checked_on != today,
        "place": found.where is None and bool(found.unlisted_practice),
    }
    kinds: dict[str, type[Form]] = {"register_check": Form, "place": Place}
    return {act: button(act, kinds[act]) for act, is_wanted in wanted.items() if is_wanted}
