"""The match board: the best set for everyone in the queue, with its reasons, and many introductions at one go."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.coordinating import match_run_words as words
from ithaca.journeys.coordinating.match_run_forms import Begin, Find, Tick, Undo
from ithaca.journeys.coordinating.words import days, parts_in_words
from ithaca.journeys.http import Request
from ithaca.journeys.paging import A_PAGE, first_line
from ithaca.records.mentorships.matching.actions import match_runs
from ithaca.records.mentorships.matching.queries.match_board import SHOWN, BoardLine, board_of, names_in, names_of
from ithaca.records.mentorships.matching.queries.match_runs import (
    answer_of,
    current_run,
    facts_of,
    news_of,
    outcome_of,
    own_of,
    wishes_of,
)
from ithaca.records.mentorships.matching.run_contents import Answer
from ithaca.records.mentorships.models import MatchRun
from ithaca.records.mentorships.overview.queries import desk
from ithaca.records.mentorships.pairing.queries import supply as supply_queries
from ithaca.records.mentorships.rules.stages.importing import MatchRunStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.versions import ChangedMeanwhile

FEW = 10
"""Up to so many can be overlooked, and need no search."""


@require_safe
def board(request: Request, slug: str) -> HttpResponse:
    """Show the board: what to do first, how far the work is, or the matches themselves."""
    return _page(request, gate.scheme(request.actor, slug, Access.MATCH).row)


@require_POST
def begin(request: Request, slug: str) -> HttpResponse:
    """Work out the best set, afresh."""
    scheme = gate.scheme(request.actor, slug, Access.MATCH).row
    form = Begin(request.POST)
    form.full_clean()
    seen = form.cleaned_data.get("seen")
    run = match_runs.begin(scheme, seen=seen, actor=request.actor.id, clock=timezone.now, form=form.form_id)
    if run.pk != form.form_id:
        messages.info(request, _("These matches have just been found, for a colleague or in another window."))
    return redirect("coordinating:board", slug)


@require_POST
def find(request: Request, slug: str) -> HttpResponse:
    """Show those of a name. Nothing is changed; it is a form so that no name stands in an address."""
    scheme = gate.scheme(request.actor, slug, Access.MATCH).row
    form = Find(request.POST, auto_id="find-%s")
    if form.is_valid():
        return _page(request, scheme, sought=form)
    return _page(request, scheme, sought=form, status=422)


@require_POST
def propose(request: Request, pk: UUID) -> HttpResponse:
    """Propose the mentors of those ticked, or of all, each by itself."""
    opened = gate.match_run(request.actor, pk, Access.READ)
    run, answer = opened.row, answer_of(opened.row)
    form = Tick(request.POST, auto_id="tick-%s", on_board=[str(one.request) for one in answer.pairs] if answer else [])
    if not form.is_valid():
        return _page(request, run.scheme, faulty=form, status=422)
    ticked = None if form.cleaned_data["everyone"] else [UUID(one) for one in form.cleaned_data["ticked"]]
    try:
        match_runs.propose(
            run,
            ticked,
            form.cleaned_data["version"],
            actor=request.actor.id,
            clock=timezone.now,
            form=form.form_id,
        )
    except ChangedMeanwhile:
        form.add_error(None, _("Someone else has changed the board in the meantime. This is how it looks now."))
        return _page(request, run.scheme, faulty=form, status=422)
    return redirect("coordinating:match_proposed", pk)


@require_safe
def proposed(request: Request, pk: UUID) -> HttpResponse:
    """Show what became of each pair that was last selected."""
    run = gate.match_run(request.actor, pk, Access.READ).row
    said = outcome_of(run)
    if run.stage == MatchRunStage.SUPERSEDED or not said:
        return redirect("coordinating:board", run.scheme.slug)
    requests, standings = own_of(run, request.actor.id)
    last = [one for one in said if one.press == said[-1].press]
    last = [one for one in last if one.request not in requests and one.standing not in standings]
    last.sort(key=lambda one: one.said == "made")
    start = first_line(request)
    page = last[start : start + A_PAGE]
    if start and not page:
        raise Http404
    names = names_of({one.request for one in page}, {one.standing for one in page})
    made = sum(one.said == "made" for one in last)
    return render(
        request,
        "coordinating/board_proposed.html",
        {
            "scheme": run.scheme,
            "run": run,
            "phase": words.PHASES.get(run.phase, ""),
            "made": made,
            "not_made": sum(bool(one.said) for one in last) - made,
            "lines": [
                (one, names.get(one.request, ""), names.get(one.standing, ""), words.became(one)) for one in page
            ],
            "page": Paginator(range(len(last)), A_PAGE).page(start // A_PAGE + 1),
        },
    )


@require_POST
def undo(request: Request, pk: UUID) -> HttpResponse:
    """Take one change back out."""
    run = gate.match_run(request.actor, pk, Access.READ).row
    form = Undo(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose the change to undo."))
        return redirect("coordinating:board", run.scheme.slug)
    seen = form.cleaned_data
    try:
        match_runs.undo(
            run, seen["change"], seen["version"], actor=request.actor.id, clock=timezone.now, form=form.form_id
        )
    except ChangedMeanwhile:
        messages.warning(request, _("Someone else has changed the board in the meantime. This is how it looks now."))
    return redirect("coordinating:board", run.scheme.slug)


def _page(
    request: Request, scheme: Scheme, *, sought: Find | None = None, faulty: Tick | None = None, status: int = 200
) -> HttpResponse:
    run, at = current_run(scheme), timezone.now()
    answer = answer_of(run) if run and run.stage == MatchRunStage.DONE else None
    shown: dict[str, Any] = {
        "scheme": scheme,
        "run": run,
        "own": request.actor.membership_of(scheme.pk),
        "begin": Begin(auto_id="begin-%s", initial={"seen": run.pk if run else None}),
        "find": sought or Find(auto_id="find-%s"),
        "faulty": faulty or (sought if sought and sought.errors else None),
    }
    if run and answer:
        shown |= _set(request, run, answer, sought, at)
    elif run and run.stage in MatchRun.UNFINISHED:
        shown |= {"phase": words.PHASES.get(run.phase, ""), "under_way": True}
    else:
        supply = supply_queries.mentor_lines(scheme)
        numbers = desk.numbers(scheme, supply, at)
        shown |= {"numbers": numbers, "problem": words.PROBLEMS.get(run.problem, "") if run else ""}
    return render(request, "coordinating/board.html", shown, status=status)


def _set(request: Request, run: MatchRun, answer: Answer, sought: Find | None, at: datetime) -> dict[str, Any]:
    """Gather the matches: their lines, the proof, what was changed in them, and what has changed since."""
    show = request.GET.get("show", "all")
    if show not in SHOWN:
        raise Http404
    called = sought.cleaned_data["called"].strip() if sought and sought.is_valid() else ""
    start = 0 if called else first_line(request)
    own = own_of(run, request.actor.id)
    found = board_of(run, answer, own, start, start + A_PAGE, show, called)
    if start and not found.lines:
        raise Http404
    wishes = [wish for wish in wishes_of(run) if not wish.about(*own)]
    dropped = [one for one in answer.dropped if not one.wish.about(*own)]
    names = names_in([*wishes, *(one.wish for one in dropped)])
    said = outcome_of(run)
    today = timezone.localdate(at)
    return {
        "answer": answer,
        "lines": [_line(line, answer, (today - line.since).days) for line in found.lines],
        "shown": [(name, words.SHOWN[name], found.counts[name], name == show) for name in SHOWN],
        "many": called or found.counts["all"] > FEW or bool(sought),
        "called": called,
        "found": found.total,
        "more": max(0, found.total - A_PAGE) if called else 0,
        "pairs": found.counts["matched"],
        "fairness": words.fairness(answer),
        "cost": words.cost(answer.cost) if wishes else "",
        "news": words.news(news_of(answer, said, facts_of(run.scheme))),
        "wishes": [
            (words.wished(wish, names), Undo(auto_id=False, initial={"change": wish.id, "version": run.version}))
            for wish in wishes
        ],
        "dropped": [words.dropped(one.wish, one.reasons, names) for one in dropped],
        "proposed": bool(said),
        "tick": Tick(auto_id="tick-%s", initial={"version": run.version}),
        "ready": any(line.ready for line in found.lines),
        "page": Paginator(range(found.counts[show]), A_PAGE).page(start // A_PAGE + 1),
    }


def _line(line: BoardLine, answer: Answer, waited: int) -> dict[str, Any]:
    """Put a line into words. Those of its parts are joined here, as a page has four hundred of them."""
    parts = parts_in_words(line.proposal.parts) if line.proposal else []
    best = [part for part in sorted(parts, key=lambda part: -part.points) if part.points][:2]
    earned = _("%(points)d of %(most)d")
    return {
        "line": line,
        "waited": days(waited),
        "parts": [(part, earned % {"points": part.points, "most": part.most}) for part in parts],
        "most": sum(part.most for part in parts),
        "best": "; ".join(f"{part.words}: {part.matched}" if part.matched else str(part.words) for part in best),
        "why": words.why_waiting(line.waiter, answer.room) if line.waiter else "",
    }
