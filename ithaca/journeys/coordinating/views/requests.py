"""A request at the desk: a first look, the mentors who may be introduced and those who may not, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import STAFF_READ, Access
from ithaca.journeys.acts import button, carry_out, desk_of, pressed
from ithaca.journeys.coordinating.forms import InOrder, Otherwise, Propose
from ithaca.journeys.coordinating.words import (
    ALTERNATIVES,
    AREAS,
    REQUEST_STAGES,
    PartInWords,
    answers_in_words,
    days,
    parts_in_words,
    step_words,
)
from ithaca.journeys.http import Request
from ithaca.records.members.queries import memberships
from ithaca.records.members.stages import INTRODUCIBLE
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import alternatives, findings, introductions, requests
from ithaca.records.mentorships.pairing.queries import candidates, score_parts
from ithaca.records.mentorships.pairing.queries import others as others_queries
from ithaca.records.mentorships.pairing.queries.findings import finding_at_desk
from ithaca.records.mentorships.pairing.queries.introductions import introductions_of, mentor_called
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.records.mentorships.pairing.queries.waits import in_words, ranges_of
from ithaca.records.mentorships.rules.stages.pairing import UNDER_WAY, RequestAct, RequestStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.signposts import ShownSignpost, signposts_for
from ithaca.tools.design.forms import Form

MENTORS_A_PAGE = 5
REFUSED_SHOWN = 100
LISTED = 50
"""So many names a list to choose from has; the best suited are among them."""
Opened = gate.Opened[MentoringRequest]


@dataclass(frozen=True, slots=True)
class Shown:
    """A mentor for this request as they are shown; `why_not` says why they cannot be introduced from here."""

    name: str
    own_words: str
    total: int
    most: int
    parts: list[PartInWords]
    form: Form | None
    why_not: str


@require_safe
def request_desk(request: Request, pk: UUID) -> HttpResponse:
    """Show what was said, except the story, and the mentors."""
    return _page(request, gate.request(request.actor, pk, Access.READ_CANDIDATES))


@require_POST
def take_in(request: Request, pk: UUID) -> HttpResponse:
    """Read, and put in the queue at the date of asking; whoever has found a mentor is introduced at once."""
    opened, at = gate.request(request.actor, pk, Access.READ_CANDIDATES), timezone.now()

    def act(form: Form) -> None:
        requests.take_in(opened.row, actor=request.actor.id, at=at, form=form.form_id)
        findings.settle_with(opened.row.membership.user_id, opened.row.membership.scheme, at)

    return carry_out(
        request,
        pressed(request, "take_in", Form),
        act,
        done=_("%(name)s is now in the queue.") % {"name": opened.row.membership.user.name},
        to=reverse("coordinating:request_desk", args=[pk]),
        page=lambda form: _page(request, opened, form),
    )


@require_POST
def answer_otherwise(request: Request, pk: UUID) -> HttpResponse:
    """Answer without a mentor. The page of the one who asked says what the answer is."""
    opened, at = gate.request(request.actor, pk, Access.READ_CANDIDATES), timezone.now()
    row = opened.row
    return carry_out(
        request,
        Otherwise(request.POST, auto_id="otherwise-%s", open_acts=tuple(Otherwise.WORDS), signs=_signs(row)),
        lambda form: requests.answer_otherwise(
            row,
            RequestAct(form.cleaned_data["act"]),
            signposts=[UUID(chosen) for chosen in form.cleaned_data["signposts"]],
            actor=request.actor.id,
            at=at,
            form=form.form_id,
        ),
        done=_("We've given %(name)s your answer.") % {"name": row.membership.user.name},
        to=desk_of(row.membership.scheme),
        page=lambda form: _page(request, opened, form),
    )


@require_POST
def say_unlikely(request: Request, pk: UUID) -> HttpResponse:
    """Say that nobody is likely soon; the email links to what else they could do."""
    opened, at = gate.request(request.actor, pk, Access.READ_CANDIDATES), timezone.now()
    return carry_out(
        request,
        pressed(request, "unlikely", Form),
        lambda form: alternatives.say_unlikely(opened.row, actor=request.actor.id, at=at, form=form.form_id),
        done=_("We've told %(name)s, who can choose what to do in the meantime.")
        % {"name": opened.row.membership.user.name},
        to=reverse("coordinating:request_desk", args=[pk]),
        page=lambda form: _page(request, opened, form),
    )


@require_POST
def propose(request: Request, pk: UUID) -> HttpResponse:
    """Introduce one of the mentors; the mentee is asked first."""
    opened, at = gate.request(request.actor, pk, Access.PROPOSE), timezone.now()

    def act(form: Propose) -> None:
        standing = gate.standing(request.actor, form.cleaned_data["standing"], Access.PROPOSE).row
        introductions.propose(opened.row, standing, opened.party, actor=request.actor.id, at=at, form=form.form_id)

    return carry_out(
        request,
        pressed(request, "propose", Propose),
        act,
        done=_("You've made the introduction. We'll ask %(name)s first.") % {"name": opened.row.membership.user.name},
        to=desk_of(opened.row.membership.scheme),
        page=lambda form: _page(request, opened, form),
    )


@require_POST
def propose_in_order(request: Request, pk: UUID) -> HttpResponse:
    """Introduce up to three in an order: the first is offered now, the next by itself if it does not go ahead."""
    opened, at = gate.request(request.actor, pk, Access.PROPOSE), timezone.now()
    mentors = proposable(candidates.candidates(opened.row, at), opened.actor.id)

    def act(form: InOrder) -> None:
        first, *then = [gate.standing(request.actor, pk, Access.PROPOSE).row for pk in form.standings]
        introductions.propose(
            opened.row, first, opened.party, then=then, actor=request.actor.id, at=at, form=form.form_id
        )

    return carry_out(
        request,
        InOrder(request.POST, auto_id="in_order-%s", mentors=mentors),
        act,
        done=_("You've made the introductions. We'll ask %(name)s about the first mentor.")
        % {"name": opened.row.membership.user.name},
        to=desk_of(opened.row.membership.scheme),
        page=lambda form: _page(request, opened, form),
    )


def proposable(found: candidates.Candidates, actor: UUID) -> list[tuple[UUID, str]]:
    """Whom this coordinator may put on a list, the best suited first, for a choice of names."""
    rows = [row for row in found.eligible if row.enrolled and row.standing.membership.user_id != actor]
    return [(row.standing.pk, row.name) for row in rows[:LISTED]]


def _page(request: Request, opened: Opened, faulty: Form | None = None) -> HttpResponse:
    row, at = opened.row, timezone.now()
    scheme, today = row.membership.scheme, timezone.localdate(at)
    earlier = introductions_of(row)
    return render(
        request,
        "coordinating/request.html",
        {
            "scheme": scheme,
            "asked": row,
            "asker": memberships.to_check(row.membership, today),
            "stage_words": REQUEST_STAGES[row.stage],
            "waited": days((today - row.asked_on).days) if row.asked_on else "",
            "forms": _forms(opened) | ({"otherwise": faulty} if isinstance(faulty, Otherwise) else {}),
            "live": next((found for found in earlier if found.stage in UNDER_WAY), None),
            "earlier": [(found, step_words(scheme, found.stage)) for found in earlier],
            "said": _said(row),
            "wait": in_words(ranges_of(scheme).get(row.membership.profession))
            if row.stage == RequestStage.WAITING
            else "",
            "found": finding_at_desk(row),
            "alternative": ALTERNATIVES.get(row.alternative, ""),
            "faulty": faulty,
        }
        | (_mentors(request, opened, at, faulty) if row.stage == RequestStage.WAITING else {}),
    )


def _forms(opened: Opened) -> dict[str, Form]:
    """Return a form for each answer that is open now; a new request may be answered otherwise before it is taken in."""
    found: dict[str, Form] = {}
    if opened.may(RequestAct.TRIAGE) or opened.may(RequestAct.QUEUE):
        found["take_in"] = button("take_in")
    if opened.row.stage == RequestStage.WAITING:
        found["unlikely"] = button("unlikely")
    others = [act for act in Otherwise.ACTS if opened.may(act)]
    if opened.row.stage == RequestStage.SUBMITTED:
        others = [RequestAct.SIGNPOST, RequestAct.FIND_INELIGIBLE]
    if others:
        found["otherwise"] = Otherwise(auto_id="otherwise-%s", open_acts=others, signs=_signs(opened.row))
    return found


def _signs(row: MentoringRequest) -> list[ShownSignpost]:
    """Return the signposts that fit the asker's profession, for every nation."""
    return signposts_for(row.membership.profession, "", row.membership.scheme, timezone.localdate())


def _said(row: MentoringRequest) -> list[tuple[str, list[str]]]:
    """Put the structured answers into words, those that policy lets staff see."""
    answers, shown = answers_of(row), STAFF_READ["request"]
    said = answers_in_words(answers, shown)
    if "wants_near" in shown and answers.wants_near is not None:
        said.append((_("Where the mentor works"), [_("Close by") if answers.wants_near else _("Further away")]))
    if "prefers" in shown and answers.prefers:
        said.append((_("Asked for by name"), [mentor_called(answers.prefers)]))
    return said


def _mentors(request: Request, opened: Opened, at: datetime, faulty: Form | None) -> dict[str, Any]:
    """Gather the mentors for a waiting request: a page of those who fit, the best first, and those refused with why.

    By name only those whom a rule keeps apart that anyone at the desk can see; all others are a number, whatever the
    cause, so that nobody's private list shows in what is missing (docs/adr/0069).
    """
    row = opened.row
    found = candidates.candidates(row, at)
    page = Paginator(found.eligible, MENTORS_A_PAGE).get_page(request.GET.get("page"))
    told = [(candidate.name, others_queries.told(candidate.reasons)) for candidate in found.refused]
    named = [(name, why) for name, why in told if why != (candidates.Reason.NOT_AVAILABLE,)]
    refused = named[:REFUSED_SHOWN]
    mentors = proposable(found, opened.actor.id)
    return {
        "seeking": True,
        "chooses": row.membership.scheme.proposing == Scheme.Proposing.MENTEE,
        "confirmed": row.membership.stage in INTRODUCIBLE,
        "page": page,
        "unknown": [AREAS[name] for name in AREAS if any(name in candidate.unknown for candidate in page.object_list)],
        "candidates": [_shown(candidate, opened) for candidate in page.object_list],
        "refused": [(name, score_parts.words(why)) for name, why in refused],
        "refused_total": len(named),
        "refused_more": len(named) - len(refused),
        "unavailable": len(told) - len(named),
        "in_order": _in_order(opened, mentors, faulty),
    }


def _in_order(opened: Opened, mentors: list[tuple[UUID, str]], faulty: Form | None) -> Form | None:
    """Build the form for up to three mentors in order, where there are at least two to choose from."""
    if isinstance(faulty, InOrder):
        return faulty
    if len(mentors) < 2 or opened.row.membership.stage not in INTRODUCIBLE:
        return None
    return InOrder(auto_id="in_order-%s", mentors=mentors)


def _shown(candidate: candidates.Candidate, opened: Opened) -> Shown:
    parts = parts_in_words(candidate.suitability.parts)
    why_not = _why_not(candidate, opened)
    return Shown(
        name=candidate.name,
        own_words=candidate.offer.own_words,
        total=candidate.suitability.total,
        most=sum(part.most for part in parts),
        parts=parts,
        form=None if why_not else Propose(auto_id=False, initial={"standing": candidate.standing.pk}),
        why_not=why_not,
    )


def _why_not(candidate: candidates.Candidate, opened: Opened) -> str:
    """Why an eligible mentor cannot be introduced from here, if so."""
    if candidate.standing.membership.user_id == opened.actor.id:
        return _("This is you. Another coordinator can introduce you.")
    if opened.row.membership.stage not in INTRODUCIBLE:
        return _("You can introduce them when the membership is confirmed.")
    return "" if candidate.enrolled else _("They haven't signed in yet, so we can't share anything private with them.")
