"""Joining a scheme: one question a page, save and return, check the answers, and what happens next."""

from typing import Any
from uuid import UUID

from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ithaca.access import gate
from ithaca.access.gate import Opened
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.joining.forms.memberships import (
    PostForm,
    PracticeForm,
    ProfessionForm,
    RegistrationForm,
    StepForm,
    SubscriptionForm,
)
from ithaca.records.members import choices, membership_questions
from ithaca.records.members.actions import memberships
from ithaca.records.members.models import Membership, Organisation
from ithaca.records.members.queries import organisations
from ithaca.records.members.queries.cards import next_of_membership
from ithaca.records.members.stages import MAY_ASK, MembershipAct, MembershipStage
from ithaca.records.schemes.vocabulary import PROFESSIONS, REGISTERS
from ithaca.tools.design.forms import Form
from ithaca.tools.design.templatetags.design import day

HEADINGS = {
    "profession": gettext_lazy("Your profession"),
    "practice": gettext_lazy("Where you work"),
    "subscription": gettext_lazy("Your subscribing membership"),
    "registration": gettext_lazy("Your registration number"),
    "post": gettext_lazy("When you started your current job"),
}


def show(request: Request, pk: UUID) -> HttpResponse:
    """Show where the application has got to, what happens next, who acts and by when."""
    membership = gate.membership(request.actor, pk, Access.EDIT).row
    page = {
        "membership": membership,
        "scheme": membership.scheme,
        "next_step": next_of_membership(membership),
        "corrections": [choices.CORRECTIONS[code] for code in membership.to_correct if code in choices.CORRECTIONS],
        "rows": _rows(membership) if membership.stage != MembershipStage.DRAFT else [],
        "form": Form(),
        "open": membership.stage in memberships.OPEN_TO_ANSWERS,
        "may_ask": membership.stage in MAY_ASK,
    }
    return render(request, "joining/membership.html", page)


def step(request: Request, pk: UUID, step: str) -> HttpResponse:
    """Ask one question and save the answer. Then show the next, or all the answers if one was changed."""
    opened = gate.membership(request.actor, pk, Access.EDIT)
    membership = opened.row
    if step not in membership_questions.asked(membership.scheme, membership.profession):
        raise Http404
    if membership.stage not in memberships.OPEN_TO_ANSWERS:
        return redirect("joining:membership", membership.pk)
    if step == "practice":
        return _practice(request, opened)
    form = _form(step, membership, request)
    if form.is_valid():
        memberships.answer(membership, **form.answers)
        return redirect(_after(request, membership, step))
    return _page(request, opened, step, {"form": form}, 422 if form.is_bound else 200)


def answers(request: Request, pk: UUID) -> HttpResponse:
    """Show the answers to check, and send them."""
    membership = gate.membership(request.actor, pk, Access.EDIT).row
    if membership.stage not in memberships.OPEN_TO_ANSWERS and request.method != "POST":
        return redirect("joining:membership", membership.pk)
    form = Form(request.POST if request.method == "POST" else None)
    missing = membership_questions.missing(membership)
    if form.is_valid() and not missing:
        memberships.apply(membership, at=timezone.now(), form=form.form_id)
        return redirect("joining:membership", membership.pk)
    page = {
        "membership": membership,
        "scheme": membership.scheme,
        "form": form,
        "rows": _rows(membership),
        "missing": [(HEADINGS[one], one) for one in missing],
    }
    return render(request, "joining/membership_answers.html", page, status=422 if form.is_bound else 200)


def reopen(request: Request, pk: UUID) -> HttpResponse:
    """Reopen the application so that an answer can be changed."""
    membership = gate.membership(
        request.actor, pk, Access.EDIT if request.method == "GET" else MembershipAct.REOPEN
    ).row
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        memberships.reopen(membership, at=timezone.now(), form=form.form_id)
        return redirect("joining:membership_answers", membership.pk)
    return redirect("joining:membership", membership.pk)


def renew(request: Request, pk: UUID) -> HttpResponse:
    """Take the new details of a renewed subscribing membership."""
    membership = gate.membership(request.actor, pk, MembershipAct.RENEW).row
    form = _form("subscription", membership, request)
    if form.is_valid():
        memberships.renew(membership, at=timezone.now(), form=form.form_id, **form.answers)
        return redirect("joining:membership", membership.pk)
    page = {"membership": membership, "scheme": membership.scheme, "form": form, "heading": HEADINGS["subscription"]}
    return render(request, "joining/membership_step.html", page, status=422 if form.is_bound else 200)


def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Leave the scheme, or stop applying, in one step and without a reason."""
    membership = gate.membership(
        request.actor, pk, Access.EDIT if request.method == "GET" else MembershipAct.WITHDRAW
    ).row
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        memberships.withdraw(membership, at=timezone.now(), form=form.form_id)
        return redirect("joining:membership", membership.pk)
    page = {"membership": membership, "scheme": membership.scheme, "form": form}
    return render(request, "joining/membership_withdraw.html", page)


# --- the pages of one question --------------------------------------------------------------------


def _practice(request: Request, opened: Opened[Membership]) -> HttpResponse:
    """Search for a practice, choose one, or name one that isn't listed: buttons of one form, without JavaScript."""
    membership = opened.row
    there = membership.organisation
    typed = {"practice": there.name if there else "", "unlisted": membership.unlisted_practice}
    form = PracticeForm(request.POST if request.method == "POST" else None, initial=typed)
    found: list[Organisation] | None = None
    if form.is_valid():
        given = dict(form.cleaned_data)
        if "choose" in request.POST:
            choice = organisations.by_code(given["organisation"])
            if choice is not None and choice.is_open:
                memberships.answer(membership, organisation=choice, unlisted_practice="")
                return redirect(_after(request, membership, "practice"))
            form.add_error("practice", _("Choose a practice that's open"))
        elif "not_listed" in request.POST:
            if given["unlisted"]:
                memberships.answer(membership, organisation=None, unlisted_practice=given["unlisted"])
                return redirect(_after(request, membership, "practice"))
            form.add_error("unlisted", _("Enter the name of your practice"))
        elif not given["practice"]:
            form.add_error("practice", _("Enter a practice name, postcode or code"))
        if given["practice"] or "not_listed" in request.POST:
            found = organisations.search(given["practice"])
    page = {
        "form": form,
        "found": found,
        "open": [one for one in found or [] if one.is_open],
        "closed": [one for one in found or [] if not one.is_open],
    }
    return _page(request, opened, "practice", page, 422 if form.is_bound and form.errors else 200)


def _form(step: str, membership: Membership, request: Request) -> StepForm:
    data = request.POST if request.method == "POST" else None
    common: dict[str, Any] = {"scheme": membership.scheme, "initial": model_to_dict(membership)}
    today = timezone.localdate()
    if step == "profession":
        return ProfessionForm(data, **common)
    if step == "subscription":
        return SubscriptionForm(data, today=today, **common)
    if step == "registration":
        return RegistrationForm(data, register=REGISTERS[membership.profession], **common)
    return PostForm(data, today=today, **common)


def _page(request: Request, opened: Opened[Membership], step: str, more: dict[str, Any], status: int) -> HttpResponse:
    membership = opened.row
    steps = membership_questions.asked(membership.scheme, membership.profession)
    page = {
        "membership": membership,
        "scheme": membership.scheme,
        "heading": HEADINGS[step],
        "number": steps.index(step) + 1,
        "count": len(steps),
        "changing": "change" in request.GET,
        "back": steps[steps.index(step) - 1] if steps.index(step) else "",
    }
    name = "practice" if step == "practice" else "membership_step"
    return render(request, f"joining/{name}.html", page | more, status=status)


def _after(request: Request, membership: Membership, step: str) -> str:
    """Return the address of the next question, or of the answers if no question is left."""
    steps = membership_questions.asked(membership.scheme, membership.profession)
    rest = steps[steps.index(step) + 1 :]
    if "change" in request.GET:
        missing = membership_questions.missing(membership)
        rest = tuple(one for one in steps if one in missing)
    return _address(membership, rest[0]) if rest else reverse("joining:membership_answers", args=[membership.pk])


def next_page(membership: Membership) -> str:
    """Return the address of the first question still to answer, or of the answers if there is none."""
    if membership.stage not in memberships.OPEN_TO_ANSWERS:
        return reverse("joining:membership", args=[membership.pk])
    missing = membership_questions.missing(membership)
    return _address(membership, missing[0]) if missing else reverse("joining:membership_answers", args=[membership.pk])


def _address(membership: Membership, step: str) -> str:
    return reverse("joining:membership_step", args=[membership.pk, step])


def _rows(membership: Membership) -> list[dict[str, Any]]:
    """Return the answers as rows, for the page where they are checked."""
    organisation = membership.organisation
    where = f"{organisation.name}\n{organisation.postcode}" if organisation else membership.unlisted_practice
    values = {
        "profession": PROFESSIONS.get(membership.profession, ""),
        "practice": where,
        "subscription": [
            membership.subscriber_name,
            membership.subscriber_number,
            _("valid until %(day)s") % {"day": day(membership.valid_until)} if membership.valid_until else "",
        ],
        "registration": membership.registration_number,
        "post": day(membership.took_up_post_on),
    }
    editable = membership.stage in memberships.OPEN_TO_ANSWERS
    return [
        {
            "key": HEADINGS[one],
            "value": values[one],
            "href": f"{_address(membership, one)}?change=1" if editable else "",
        }
        for one in membership_questions.asked(membership.scheme, membership.profession)
    ]
