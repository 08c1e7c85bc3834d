"""The desk: every queue at a glance, and each of them whole."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ithaca.access import gate
from ithaca.access.actor import Actor
from ithaca.access.policy import Access
from ithaca.journeys.coordinating.queues import QUEUES, Queue, queue_called, rows_of
from ithaca.journeys.coordinating.words import wait
from ithaca.journeys.http import Request
from ithaca.journeys.paging import A_PAGE, first_line, foot
from ithaca.records.members.queries.arrivals import untold
from ithaca.records.mentorships.overview.queries import desk as desk_queries
from ithaca.records.mentorships.pairing.queries import supply as supply_queries
from ithaca.records.queues import Slice
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.schemes import named
from ithaca.records.schemes.queries.signposts import signposts_to_review

AT_A_GLANCE = 5


@require_safe
def desk(request: Request, slug: str) -> HttpResponse:
    """All the queues, a few lines of each, the oldest first."""
    opened = gate.scheme(request.actor, slug, Access.READ_DESK)
    scheme, actor, at = opened.row, request.actor, timezone.now()
    supply, others = supply_queries.mentor_lines(scheme), actor.coordinates - {scheme.pk}
    queues = [_at_a_glance(queue, scheme, actor, timezone.localdate(at)) for queue in QUEUES]
    return render(
        request,
        "coordinating/desk.html",
        {
            "scheme": scheme,
            "others": named(others) if others else [],
            "own": actor.membership_of(scheme.pk),
            "numbers": _numbers(desk_queries.numbers(scheme, supply, at)),
            "queues": queues,
            "untold": untold(scheme, actor.id).count(),
            "signposts_due": len(signposts_to_review(scheme, timezone.localdate(at))),
            "mentors": supply_queries.among(supply, actor.id, 0, AT_A_GLANCE),
            "mentorships": desk_queries.mentorships(scheme, actor.id, 0, AT_A_GLANCE),
        },
    )


@require_safe
def queue(request: Request, slug: str, queue: str) -> HttpResponse:
    """One queue whole, a page at a time."""
    scheme = gate.scheme(request.actor, slug, Access.READ_DESK).row
    found = queue_called(queue)
    if found is None:
        raise Http404
    start = first_line(request)
    lines = found.read(scheme, request.actor.id, start, start + A_PAGE)
    shown = {"queue": found, "rows": rows_of(found, scheme, lines.lines, timezone.localdate())}
    return render(request, "coordinating/queue.html", {"scheme": scheme} | shown | foot(request, lines))


@require_safe
def mentors(request: Request, slug: str) -> HttpResponse:
    """Every mentor of the scheme with their places."""
    return _table(request, slug, desk_queries.mentors, "coordinating/mentors.html")


@require_safe
def running(request: Request, slug: str) -> HttpResponse:
    """Every running mentorship: who, since when, how often they met."""
    return _table(request, slug, desk_queries.mentorships, "coordinating/mentorships.html")


def _table(request: Request, slug: str, read: Callable[..., Slice[Any]], template: str) -> HttpResponse:
    """Show a list without a next act: mentors and their places, or current mentorships."""
    scheme = gate.scheme(request.actor, slug, Access.READ_DESK).row
    start = first_line(request)
    lines = read(scheme, request.actor.id, start, start + A_PAGE)
    return render(request, template, {"scheme": scheme, "lines": lines.lines} | foot(request, lines))


def _at_a_glance(queue: Queue, scheme: Scheme, actor: Actor, today: date) -> dict[str, Any]:
    lines = queue.read(scheme, actor.id, 0, AT_A_GLANCE)
    return {"queue": queue, "total": lines.total, "rows": rows_of(queue, scheme, lines.lines, today)}


def _numbers(found: desk_queries.Numbers) -> list[tuple[str, str]]:
    return [
        (_("Waiting for a mentor"), str(found.waiting)),
        (_("Half have waited at least"), wait(found.median_wait)),
        (_("Longest wait"), wait(found.longest_wait)),
        (
            _("Usual time from request to introduction, last 6 months"),
            wait(found.median_to_introduction),
        ),
        (
            _("Mentors with free places"),
            _("%(room)d of %(all)d") % {"room": found.mentors_with_room, "all": found.mentors},
        ),
        (_("Free places"), str(found.places)),
    ]
