"""Offering to mentor: one question a page, check and send. Afterwards: change the offer, take leave, or stop."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.joining.forms.offers import CapacityForm, KnowledgeForm, OwnWordsForm, RolesForm, TimesForm
from ithaca.records.members import choices
from ithaca.records.members.actions import applications, standings
from ithaca.records.members.models import Membership, MentorApplication, MentorStanding
from ithaca.records.members.offers import LISTED
from ithaca.records.members.queries.applications import application_of
from ithaca.records.members.queries.cards import next_of_offer
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.members.queries.standings import standing_of
from ithaca.records.members.stages import ApplicationAct, ApplicationStage, MembershipStage, StandingAct, StandingStage
from ithaca.records.mentorships.pairing.actions import places
from ithaca.records.stages import Party
from ithaca.tools.design.forms import Form

STEPS = {
    "words": gettext_lazy("About you"),
    "roles": gettext_lazy("Roles you'd take on"),
    "knowledge": gettext_lazy("What you know about"),
    "times": gettext_lazy("When and how you can meet"),
    "capacity": gettext_lazy("How many people"),
}
_STEP_OF = {"own_words": "words"} | {name: declared.step for name, declared in LISTED.items()}

Row = MentorApplication | MentorStanding


def show(request: Request, pk: UUID) -> HttpResponse:
    """Show where the offer has got to, or what offering means if there isn't one yet."""
    membership = gate.membership(request.actor, pk, Access.EDIT).row
    row = standing_of(membership) or application_of(membership)
    form = Form(request.POST if request.method == "POST" else None)
    if row is None and membership.stage != MembershipStage.ACTIVE:
        return redirect("joining:membership", membership.pk)
    if row is None and form.is_valid():
        applications.begin(membership, at=timezone.now())
        return redirect("joining:offer_step", membership.pk, "words")
    page: dict[str, Any] = {"membership": membership, "scheme": membership.scheme, "form": form, "row": row}
    if row is None:
        return render(request, "joining/offer_begin.html", page)
    standing = isinstance(row, MentorStanding)
    page |= {
        "next_step": next_of_offer(row),
        "rows": _rows(membership, row),
        "standing": row if standing else None,
        "may": {
            act: standing and row.may(act, Party.MEMBER)
            for act in (StandingAct.GO_ON_LEAVE, StandingAct.COME_BACK, StandingAct.RETIRE)
        },
        "checks": _checks(row)
        if isinstance(row, MentorApplication) and row.stage in (ApplicationStage.CHECKS, ApplicationStage.CONVERSATION)
        else [],
        "improvements": [
            choices.IMPROVEMENTS[code] for code in getattr(row, "to_improve", []) if code in choices.IMPROVEMENTS
        ],
    }
    return render(request, "joining/offer.html", page)


def step(request: Request, pk: UUID, step: str) -> HttpResponse:
    """Ask one question of the offer, before or after it is approved."""
    membership = gate.membership(request.actor, pk, Access.EDIT).row
    row = _open_to_answers(request, membership)
    if step not in STEPS or row is None:
        raise Http404
    form = _form(step, membership, row, request)
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "once"}
        _keep(row, {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()})
        return redirect(_after(request, membership, row, step))
    names = list(STEPS)
    page = {
        "membership": membership,
        "scheme": membership.scheme,
        "form": form,
        "heading": STEPS[step],
        "step": step,
        "number": names.index(step) + 1,
        "count": len(names),
        "changing": "change" in request.GET or isinstance(row, MentorStanding),
        "back": names[names.index(step) - 1] if names.index(step) else "",
    }
    return render(request, "joining/offer_step.html", page, status=422 if form.is_bound else 200)


def answers(request: Request, pk: UUID) -> HttpResponse:
    """Show the offer to check, and send it."""
    membership = gate.membership(request.actor, pk, Access.EDIT).row
    row = application_of(membership)
    if row is None or (not row.may(ApplicationAct.SUBMIT, Party.MEMBER) and request.method != "POST"):
        return redirect("joining:offer", membership.pk)
    form = Form(request.POST if request.method == "POST" else None)
    missing = list(dict.fromkeys(_STEP_OF[name] for name in applications.missing(offer_of(row))))
    if form.is_valid() and not missing:
        application = gate.application(request.actor, row.pk, Access.READ).row
        applications.submit(application, at=timezone.now(), form=form.form_id)
        return redirect("joining:offer", membership.pk)
    page = {
        "membership": membership,
        "scheme": membership.scheme,
        "form": form,
        "rows": _rows(membership, row),
        "missing": [(STEPS[one], one) for one in missing],
    }
    return render(request, "joining/offer_answers.html", page, status=422 if form.is_bound else 200)


@require_POST
def leave(request: Request, pk: UUID) -> HttpResponse:
    """Put the mentor on leave: nobody new is introduced for a while."""
    return _standing_step(request, pk, StandingAct.GO_ON_LEAVE, standings.go_on_leave)


@require_POST
def be_listed(request: Request, pk: UUID) -> HttpResponse:
    """Let members find this mentor by name, or stop it."""
    membership = gate.membership(request.actor, pk, Access.EDIT).row
    found = standing_of(membership)
    if found is None:
        raise Http404
    standing = gate.standing(request.actor, found.pk, Access.EDIT).row
    standings.be_listed(standing, "listed" in request.POST)
    return redirect("joining:offer", membership.pk)


@require_POST
def come_back(request: Request, pk: UUID) -> HttpResponse:
    return _standing_step(request, pk, StandingAct.COME_BACK, standings.come_back)


def retire(request: Request, pk: UUID) -> HttpResponse:
    """Stop mentoring in this scheme. A GET asks first, because it can't be undone."""
    if request.method == "POST":
        return _standing_step(request, pk, StandingAct.RETIRE, standings.retire)
    membership = gate.membership(request.actor, pk, Access.EDIT).row
    page = {"membership": membership, "scheme": membership.scheme, "form": Form()}
    return render(request, "joining/offer_retire.html", page)


def _standing_step(request: Request, pk: UUID, act: StandingAct, action: Callable[..., None]) -> HttpResponse:
    membership = gate.membership(request.actor, pk, Access.EDIT).row
    found = standing_of(membership)
    if found is None:
        raise Http404
    standing = gate.standing(request.actor, found.pk, Access.READ).row
    form = Form(request.POST)
    if form.is_valid():
        at = timezone.now()
        action(standing, at=at, form=form.form_id)
        places.resettle(standing.pk, at)
    return redirect("joining:offer", membership.pk)


def _open_to_answers(request: Request, membership: Membership) -> Row | None:
    """Return the row that the offer's pages now write to, or None."""
    standing = standing_of(membership)
    if standing is not None:
        return gate.standing(request.actor, standing.pk, Access.EDIT).row
    application = application_of(membership)
    return gate.application(request.actor, application.pk, Access.EDIT).row if application is not None else None


def _keep(row: Row, given: dict[str, Any]) -> None:
    if isinstance(row, MentorApplication):
        applications.answer(row, **given)
        return
    capacity = given.pop("capacity", row.capacity)
    standings.revise(row, replace(offer_of(row), **given), capacity)
    places.resettle(row.pk, timezone.now())


def _after(request: Request, membership: Membership, row: Row, step: str) -> str:
    """Return the address of the next question, of the answers after the last, or of an approved offer."""
    if isinstance(row, MentorStanding):
        return reverse("joining:offer", args=[membership.pk])
    rest = [*STEPS, "answers"]
    following = "answers" if "change" in request.GET else rest[rest.index(step) + 1]
    if following == "answers":
        return reverse("joining:offer_answers", args=[membership.pk])
    return reverse("joining:offer_step", args=[membership.pk, following])


def _form(step: str, membership: Membership, row: Row, request: Request) -> Form:
    data = request.POST if request.method == "POST" else None
    initial = asdict(offer_of(row)) | {"capacity": row.capacity}
    if step == "knowledge":
        return KnowledgeForm(data, initial=initial, topics=membership.scheme.topics)
    forms: dict[str, type[Form]] = {
        "words": OwnWordsForm,
        "roles": RolesForm,
        "times": TimesForm,
        "capacity": CapacityForm,
    }
    return forms[step](data, initial=initial)


def _rows(membership: Membership, row: Row) -> list[dict[str, Any]]:
    """Return the answers in words, with links to change them where that is allowed."""
    offer = offer_of(row)
    said: dict[str, list[tuple[str, Any]]] = {step: [] for step in STEPS}
    said["words"].append((_("About you"), offer.own_words))
    for name, declared in LISTED.items():
        said[declared.step].append((str(declared.own), _words(declared.words, getattr(offer, name))))
    said["capacity"].append((_("How many people you can mentor at once"), str(row.capacity)))
    if isinstance(row, MentorStanding):
        editable = row.stage not in (StandingStage.RETIRED, StandingStage.SUSPENDED)
    else:
        editable = row.may(ApplicationAct.SUBMIT, Party.MEMBER)
    hrefs = {step: reverse("joining:offer_step", args=[membership.pk, step]) + "?change=1" for step in said}
    return [
        {"key": key, "value": value, "href": hrefs[step] if editable else ""}
        for step, pairs in said.items()
        for key, value in pairs
    ]


def _words(words: Mapping[str, Any], codes: tuple[str, ...]) -> list[str] | str:
    found = [words[code] for code in words if code in codes]
    return [str(word[0] if isinstance(word, tuple) else word) for word in found] or ""


def _checks(application: MentorApplication) -> list[tuple[str, bool]]:
    """Return the scheme's checks, and whether each has been passed."""
    return [
        (str(choices.CHECKS.get(check, check)), check in application.checks)
        for check in application.membership.scheme.checks
    ]
