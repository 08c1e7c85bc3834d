"""Personal links for mentors: made one at a time, each shown once."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.acts import button, pressed
from ithaca.journeys.coordinating.links import make
from ithaca.journeys.http import Request
from ithaca.journeys.paging import A_PAGE, first_line, foot
from ithaca.records.members.queries import invitations as invitations_queries
from ithaca.tools.design.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: Request, slug: str) -> HttpResponse:
    """Make a link, and see those made: when, and whether used; never by whom.

    The answer to the button shows the link, and nothing keeps it: so there is no redirect. The same button pressed
    again makes a fresh link in the place of the first.
    """
    scheme, at = gate.scheme(request.actor, slug, Access.INVITE).row, timezone.now()
    shown = make(request, pressed(request, "invite", Form), scheme, "mentor", at) if request.method == "POST" else {}
    start = first_line(request)
    made = invitations_queries.for_mentors(scheme, at, start, start + A_PAGE)
    page = {"scheme": scheme, "form": button("invite"), "lines": made.lines} | foot(request, made)
    return render(request, "coordinating/invitations.html", page | shown)
