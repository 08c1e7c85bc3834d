"""Checking a membership: what the person said, and the coordinator's answer. Nobody handles their own."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.acts import Act, button, carry_out, pressed, take
from ithaca.journeys.coordinating.forms import AskToCorrect, Hold, Place
from ithaca.journeys.coordinating.words import MEMBERSHIP_STAGES
from ithaca.journeys.http import Request
from ithaca.records.members.actions import memberships
from ithaca.records.members.choices import NOTICES
from ithaca.records.members.models import Membership
from ithaca.records.members.queries import memberships as membership_queries
from ithaca.records.members.queries import organisations
from ithaca.records.members.stages import MembershipAct, MembershipStage
from ithaca.records.mentorships.pairing.actions import findings
from ithaca.records.schemes.models import Scheme
from ithaca.tools.design.forms import Form


def _confirm(row: Membership, _form: Form, how: dict[str, Any]) -> None:
    """Confirm it, and introduce at once whoever they have found, if that was all that was missing."""
    memberships.confirm(row, **how)
    findings.settle_with(row.user_id, row.scheme, how["at"])


ACTS: dict[str, Act] = {
    MembershipAct.CONFIRM: Act(_confirm, gettext_lazy("You've confirmed the membership of %(name)s.")),
    MembershipAct.VERIFY: Act(
        lambda row, _form, how: memberships.verify(row, **how),
        gettext_lazy("The other coordinators can now see that it's being checked."),
        stays=True,
    ),
    MembershipAct.ASK_TO_CORRECT: Act(
        lambda row, form, how: memberships.ask_to_correct(row, form.cleaned_data["what"], **how),
        gettext_lazy("We've asked %(name)s to check their details again."),
        AskToCorrect,
    ),
    MembershipAct.TURN_DOWN: Act(
        lambda row, _form, how: memberships.turn_down(row, **how),
        gettext_lazy("You've turned down the membership of %(name)s."),
    ),
    MembershipAct.SUSPEND: Act(
        lambda row, form, how: memberships.suspend(row, form.cleaned_data["notice"], **how),
        gettext_lazy("You've put the membership of %(name)s on hold."),
        Hold,
        stays=True,
    ),
    MembershipAct.REINSTATE: Act(
        lambda row, _form, how: memberships.reinstate(row, **how),
        gettext_lazy("You've taken the membership of %(name)s off hold."),
        stays=True,
    ),
    "register_check": Act(
        lambda row, _form, how: memberships.check_registration(row, timezone.localdate(how["at"]), **how),
        gettext_lazy("We've recorded that you've looked it up."),
        stays=True,
    ),
}
"""What can be done with a membership, by the name of its act."""
CHECKED = (MembershipAct.SUSPEND, MembershipAct.REINSTATE)
"""What may be done when the checks are over."""
Opened = gate.Opened[Membership]


@require_safe
def check(request: Request, pk: UUID) -> HttpResponse:
    """Show what was said, and every answer that is open now."""
    return _page(request, _opened(request, pk))


@require_POST
def act(request: Request, pk: UUID, act: str) -> HttpResponse:
    """Carry out one of the acts."""
    opened = _opened(request, pk)
    here = reverse("coordinating:membership_check", args=[pk])
    return take(request, act, ACTS[act], opened.row, opened.row, here=here, page=partial(_page, request, opened))


@require_POST
def place(request: Request, pk: UUID) -> HttpResponse:
    """Say which organisation in the list an unlisted practice is."""
    opened, at = _opened(request, pk), timezone.now()
    form = pressed(request, "place", Place)
    organisation = organisations.by_code(form.cleaned_data["code"]) if form.is_valid() else None
    if form.is_valid() and organisation is None:
        form.add_error("code", _("There's no organisation with this code. Check it and try again"))
    return carry_out(
        request,
        form,
        lambda form: (
            organisation
            and memberships.place(opened.row, organisation, coordinator=request.actor.id, at=at, form=form.form_id)
        ),
        done=_("We've recorded the organisation."),
        to=reverse("coordinating:membership_check", args=[pk]),
        page=lambda form: _page(request, opened, place=form),
    )


def _opened(request: Request, pk: UUID) -> Opened:
    return gate.membership(request.actor, pk, Access.READ_CHECK)


def _page(request: Request, opened: Opened, **faulty: Form) -> HttpResponse:
    membership, today = opened.row, timezone.localdate()
    found = membership_queries.to_check(membership, today)
    forms: dict[str, Form] = {
        name: button(name, act.form)
        for name, act in ACTS.items()
        if isinstance(name, MembershipAct) and opened.may(name)
    }
    extras = _extras(found, today)
    if not set(forms) - set(CHECKED):
        extras = {act: form for act, form in extras.items() if act == "place" and MembershipAct.SUSPEND in forms}
    forms |= extras | faulty
    if isinstance(correct := forms.get(MembershipAct.ASK_TO_CORRECT), AskToCorrect):
        correct.leave_out(_never_asked(membership.scheme, found))
    return render(
        request,
        "coordinating/membership.html",
        {
            "scheme": membership.scheme,
            "membership": membership,
            "found": found,
            "stage_open": membership.stage
            in (MembershipStage.APPLIED, MembershipStage.VERIFYING, MembershipStage.CORRECTING),
            "stage_words": MEMBERSHIP_STAGES[membership.stage],
            "today": today,
            "notice": NOTICES.get(membership.notice, ""),
            "forms": forms,
            "faulty": next(iter(faulty.values()), None),
        },
    )


def _never_asked(scheme: Scheme, found: membership_queries.MembershipToCheck) -> set[str]:
    by_subscription = scheme.joining == Scheme.Joining.SUBSCRIPTION
    never = set() if by_subscription else {"subscription_number", "subscription_date"}
    return never if found.register else never | {"registration_number"}


def _extras(found: membership_queries.MembershipToCheck, today: date) -> dict[str, Form]:
    """Return the forms for what may be recorded during the checks, besides the answer itself; the place also later."""
    wanted = {
        "register_check": found.register is not None and found.register.checked_on != today,
        "place": found.where is None and bool(found.unlisted_practice),
    }
    kinds: dict[str, type[Form]] = {"register_check": Form, "place": Place}
    return {act: button(act, kinds[act]) for act, is_wanted in wanted.items() if is_wanted}
