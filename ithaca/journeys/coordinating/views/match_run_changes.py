"""What changes if one is fixed, forbidden or swapped: said in words first, then kept or left."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.coordinating import match_run_words as words
from ithaca.journeys.coordinating.match_run_forms import KINDS, Choose, Keep
from ithaca.journeys.coordinating.words import days, parts_in_words
from ithaca.journeys.http import Request
from ithaca.records.mentorships.matching.actions import carry_out_match_run, match_runs
from ithaca.records.mentorships.matching.queries import best_match
from ithaca.records.mentorships.matching.queries.best_match import Change, Instead, Solved
from ithaca.records.mentorships.matching.queries.match_board import BoardLine, line_of, longer_of, names_in, names_of
from ithaca.records.mentorships.matching.queries.match_runs import (
    Own,
    answer_of,
    facts_of,
    news_of,
    outcome_of,
    own_of,
    wishes_of,
)
from ithaca.records.mentorships.matching.run_contents import Answer, MatchChange
from ithaca.records.mentorships.models import MatchRun
from ithaca.records.mentorships.rules.stages.importing import MatchRunStage
from ithaca.records.versions import ChangedMeanwhile

MOST = 60
"""So many other mentors are offered to choose from, those that cost least."""


@dataclass(frozen=True, slots=True)
class Place:
    """One person's place on a board that is as it was worked out."""

    run: MatchRun
    answer: Answer
    line: BoardLine
    wishes: tuple[MatchChange, ...]
    own: Own

    @property
    def set(self) -> Solved:
        """The best set with all changes in it, to ask of."""
        fixed, forbidden = carry_out_match_run.fixed_of(self.wishes), carry_out_match_run.forbidden_of(self.wishes)
        return best_match.solve(self.run.scheme, self.run.as_of, fix=fixed, forbid=forbidden)


@require_safe
def person(request: Request, pk: UUID, asked: UUID) -> HttpResponse:
    """One who waits: their mentor and why, and what else there could be, with what it costs."""
    place = _place(request, pk, asked)
    if isinstance(place, HttpResponse):
        return place
    return _person(request, place, place.set)


@require_safe
def what_follows(request: Request, pk: UUID, asked: UUID) -> HttpResponse:
    """Exactly what a change would do to everyone, before anything is changed."""
    place = _place(request, pk, asked)
    if isinstance(place, HttpResponse):
        return place
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        raise Http404
    if not request.GET.get("whom"):
        return _person(request, place, place.set, faulty=kind)
    wish = _wish(place, kind, request.GET["whom"], request.actor.id)
    found = place.set
    try:
        change = best_match.what_if(
            found, fix=carry_out_match_run.fixed_of((wish,)), forbid=carry_out_match_run.forbidden_of((wish,))
        )
    except best_match.NotPossible as refusal:
        return _person(request, place, found, problems=words.refusal(refusal.against, names_in([wish])))
    return render(request, "coordinating/board_change.html", _told(request, place, wish, change))


@require_POST
def keep(request: Request, pk: UUID, asked: UUID) -> HttpResponse:
    """Put the change into the set. No reason is asked for."""
    place = _place(request, pk, asked, stale=False)
    if isinstance(place, HttpResponse):
        return place
    form = Keep(request.POST)
    if not form.is_valid():
        return redirect("coordinating:match_person", pk, asked)
    chosen = form.cleaned_data
    wish = _wish(place, chosen["kind"], str(chosen["whom"]), request.actor.id)
    try:
        match_runs.change(place.run, wish, chosen["version"], clock=timezone.now, form=form.form_id)
    except (ChangedMeanwhile, match_runs.Stale):
        messages.warning(
            request,
            _("Something changed in the meantime, so we couldn't save your change. This is how the board looks now."),
        )
    else:
        messages.success(request, _("Saved. The matches now take your change into account."))
    return redirect("coordinating:board", place.run.scheme.slug)


def _place(request: Request, pk: UUID, asked: UUID, *, stale: bool = True) -> Place | HttpResponse:
    """Return the person's place, or a redirect to the board where nothing certain can be said of it any more."""
    run = gate.match_run(request.actor, pk, Access.READ).row
    answer = answer_of(run)
    if run.stage != MatchRunStage.DONE or answer is None:
        return redirect("coordinating:board", run.scheme.slug)
    own = own_of(run, request.actor.id)
    line = line_of(run, answer, own, asked)
    if line is None:
        raise Http404
    if stale and news_of(answer, outcome_of(run), facts_of(run.scheme)):
        messages.warning(
            request,
            _("Something has changed since we found these matches. Find them again first, so what you see is right."),
        )
        return redirect("coordinating:board", run.scheme.slug)
    return Place(run, answer, line, wishes_of(run), own)


def _wish(place: Place, kind: str, whom: str, by: UUID) -> MatchChange:
    """Return the change that was chosen. Raises Http404 where nobody could have chosen it."""
    try:
        chosen = UUID(whom)
    except ValueError:
        raise Http404 from None
    requests, standings = place.own
    if chosen in requests | standings:
        raise Http404
    if kind != "swapped":
        return MatchChange(uuid4(), kind, ((place.line.request, chosen),), by)
    has = {one.request: one.standing for one in place.answer.pairs}
    if place.line.proposal is None or chosen not in has or chosen == place.line.request:
        raise Http404
    swapped = ((place.line.request, has[chosen]), (chosen, place.line.proposal.standing))
    return MatchChange(uuid4(), kind, swapped, by)


def _person(
    request: Request, place: Place, found: Solved, *, problems: list[str] | None = None, faulty: str = ""
) -> HttpResponse:
    line = place.line
    mine = [wish for wish in place.wishes if any(line.request == asked for asked, _standing in wish.pairs)]
    settled = any(wish.kind != "forbidden" for wish in mine)
    others = () if settled else best_match.instead(found, [line.request], MOST).get(line.request, ())
    forms = _choices(request, place, others)
    wrong = forms.get(faulty)
    if wrong is not None:
        wrong.is_valid()
    parts = parts_in_words(line.proposal.parts) if line.proposal else []
    names = names_in(mine)
    return render(
        request,
        "coordinating/board_person.html",
        {
            "scheme": place.run.scheme,
            "run": place.run,
            "line": line,
            "waited": days((timezone.localdate() - line.since).days),
            "parts": parts,
            "most": sum(part.most for part in parts),
            "why": words.why_waiting(line.waiter, place.answer.room) if line.waiter else "",
            "wishes": [words.wished(wish, names) for wish in mine],
            "settled": settled,
            "choose": forms.get("fixed"),
            "swap": forms.get("swapped"),
            "faulty": wrong,
            "problems": problems or [],
        },
        status=422 if problems or faulty else 200,
    )


def _choices(request: Request, place: Place, others: tuple[Instead, ...]) -> dict[str, Choose]:
    """Offer the other mentors with what each costs, and the people who have them, to swap with."""
    own_requests, own_standings = place.own
    others = tuple(other for other in others if other.standing not in own_standings)
    costs = {other.standing: other.cost for other in others}
    wished = {request for wish in place.wishes if wish.kind != "forbidden" for request, _standing in wish.pairs}
    having = [
        pair
        for pair in place.answer.pairs
        if pair.standing in costs and pair.request not in own_requests | wished | {place.line.request}
    ]
    having.sort(key=lambda pair: costs[pair.standing])
    names = names_of([pair.request for pair in having[:MOST]], costs)
    forms = {}
    if others:
        mentors = [(str(other.standing), _costing(names[other.standing], other.cost)) for other in others]
        forms["fixed"] = _choose(request, "fixed", _("Choose another mentor"), mentors)
    if having and place.line.proposal:
        mentees = [(str(p.request), f"{names[p.request]} ({names[p.standing]})") for p in having[:MOST]]
        forms["swapped"] = _choose(request, "swapped", _("Swap mentors with"), mentees)
    return forms


def _choose(request: Request, kind: str, label: str, choices: list[tuple[str, str]]) -> Choose:
    asked = request.GET if request.GET.get("kind") == kind else None
    return Choose(asked, auto_id=f"{kind}-%s", label=label, choices=choices)


def _costing(name: str, points: int) -> str:
    if points <= 0:
        return _("%(name)s: loses no points") % {"name": name}
    words = ngettext("%(name)s: loses %(points)d point overall", "%(name)s: loses %(points)d points overall", points)
    return words % {"name": name, "points": points}


def _told(request: Request, place: Place, wish: MatchChange, change: Change) -> dict[str, Any]:
    """Gather what follows for the person chosen for, then for everyone else; nothing of the actor's own match."""
    own_requests, own_standings = place.own
    moves = [
        move
        for move in change.moves
        if move.request not in own_requests and not {move.before, move.after} & own_standings
    ]
    moves.sort(key=lambda move: (move.after is not None, move.before is not None))  # who waits comes first
    standings = {one for move in moves for one in (move.before, move.after) if one}
    names = names_of([move.request for move in moves], standings) | names_in([wish])
    told = [] if wish.kind == "forbidden" else [request for request, _standing in wish.pairs]
    moved = {move.request: move for move in moves}
    left = [move.request for move in moves if move.after is None]
    longer = longer_of(place.run, left, timezone.localdate())
    return {
        "scheme": place.run.scheme,
        "run": place.run,
        "line": place.line,
        "if": words.if_wished(wish, names),
        "told": [words.in_common(moved[request], names) for request in told if request in moved],
        "follows": [words.follows(move, names, longer.get(move.request)) for move in moves if move.request not in told],
        "cost": words.cost(change.cost),
        "form": Keep(
            auto_id=False,
            initial={
                "version": place.run.version,
                "kind": wish.kind,
                "whom": request.GET["whom"],
            },
        ),
    }
