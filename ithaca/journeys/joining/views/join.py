"""Joining a scheme on one page: every question of its rule, sent to the coordinator with one button."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.journeys.http import Request
from ithaca.journeys.joining.forms.memberships import (
    AnyRegistrationForm,
    PostForm,
    ProfessionForm,
    StepForm,
    SubscriptionForm,
    WhereForm,
)
from ithaca.journeys.joining.views.memberships import next_page
from ithaca.journeys.signing_in.ways import way_on
from ithaca.records.members import membership_questions
from ithaca.records.members.actions import memberships
from ithaca.records.members.models import Membership
from ithaca.records.members.stages import MembershipStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.schemes import by_slug
from ithaca.records.schemes.vocabulary import REGISTERS
from ithaca.tools.design.forms import Form


def join(request: Request, slug: str) -> HttpResponse:
    """Ask every question on one page, or start one at a time. Save right answers even if others are wrong."""
    scheme, user = by_slug(slug), request.actor.user
    if scheme is None or user is None:
        raise Http404
    membership = request.actor.membership_of(scheme.pk)
    if membership is not None and membership.stage not in (
        MembershipStage.DRAFT,
        MembershipStage.WITHDRAWN,
        MembershipStage.TURNED_DOWN,
    ):
        return redirect(way_on(request, reverse("joining:membership", args=[membership.pk])))
    pressed = Form(request.POST if request.method == "POST" else None)
    if not pressed.is_valid():
        before = model_to_dict(membership) | _practice(membership) if membership else {}
        return _page(request, scheme, pressed, _sections(scheme, before=before), 422 if pressed.is_bound else 200)
    at = timezone.now()
    membership = memberships.start(scheme, user, at=at, form=pressed.form_id)
    if "send" not in request.POST:
        return redirect(next_page(membership))
    sections = _sections(scheme, request.POST)
    for section in sections:
        if section.is_valid():
            memberships.answer(membership, **section.answers)
    if not all(section.is_valid() for section in sections):
        return _page(request, scheme, pressed, sections, 422)
    memberships.apply(membership, at=at, form=None)
    messages.success(request, _("Your application is with the coordinator. You can ask for a mentor while you wait."))
    return redirect(way_on(request, reverse("joining:membership", args=[membership.pk])))


def _sections(
    scheme: Scheme, data: Mapping[str, Any] | None = None, before: Mapping[str, Any] | None = None
) -> list[StepForm]:
    """Return a form for each question, in the order of the scheme's rule. `before` holds earlier answers."""
    today, professions = timezone.localdate(), scheme.professions
    chosen = professions[0] if len(professions) == 1 else (data or {}).get("profession", "")
    kinds: dict[str, Any] = {
        "profession": lambda: ProfessionForm(data, initial=before, scheme=scheme),
        "practice": lambda: WhereForm(data, initial=before, scheme=scheme),
        "subscription": lambda: SubscriptionForm(data, initial=before, scheme=scheme, today=today),
        "registration": lambda: AnyRegistrationForm(
            data, initial=before, scheme=scheme, register=REGISTERS.get(chosen, "")
        ),
        "post": lambda: PostForm(data, initial=before, scheme=scheme, today=today),
    }
    asked = {step for profession in professions for step in membership_questions.asked(scheme, profession)}
    return [kinds[step]() for step in kinds if step in asked]


def _practice(membership: Membership) -> dict[str, str]:
    there = membership.organisation
    return {"practice": there.name if there else "", "unlisted": membership.unlisted_practice}


def _page(request: Request, scheme: Scheme, pressed: Form, sections: list[StepForm], status: int) -> HttpResponse:
    page = {
        "scheme": scheme,
        "form": pressed,
        "slowly": Form(auto_id="slowly-%s"),
        "sections": sections,
        "faulty": next((section for section in sections if section.is_bound and not section.is_valid()), None),
        "way": way_on(request, ""),
    }
    return render(request, "joining/join.html", page, status=status)
