"""The members of a scheme, by name."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.coordinating.forms import FindMember
from ithaca.journeys.coordinating.words import MEMBERSHIP_STAGES
from ithaca.journeys.http import Request
from ithaca.journeys.paging import A_PAGE, first_line, foot
from ithaca.records.members.queries.memberships import by_name as read_members
from ithaca.records.members.queries.memberships import initials, search


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: Request, slug: str) -> HttpResponse:
    """Every member, by name; a letter shows those whose names begin with it, and a form those it is filled in for."""
    scheme = gate.scheme(request.actor, slug, Access.READ_DESK).row
    find = FindMember(request.POST if request.method == "POST" else None, auto_id="find-%s")
    letters = initials(scheme, request.actor.id)
    initial = request.GET.get("letter", "")
    if initial and initial not in letters:
        raise Http404
    called = find.cleaned_data["called"].strip() if find.is_valid() else ""
    start = 0 if called else first_line(request)
    found = (
        search(scheme, request.actor.id, called, A_PAGE)
        if called
        else read_members(scheme, request.actor.id, initial, start, start + A_PAGE)
    )
    page = {
        "scheme": scheme,
        "lines": [(line, MEMBERSHIP_STAGES[line.stage]) for line in found.lines],
        "letters": letters,
        "initial": initial,
        "find": find,
        "called": called,
        "more": found.total - len(found.lines) if called else 0,
    }
    page |= {"total": found.total} if called else foot(request, found)
    status = 422 if find.errors else 200
    return render(request, "coordinating/members.html", page | {"faulty": find if find.errors else None}, status=status)
