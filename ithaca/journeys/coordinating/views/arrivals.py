"""People imported from a spreadsheet who have had no email yet: one button emails them all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.acts import button, pressed
from ithaca.journeys.http import Request
from ithaca.journeys.paging import A_PAGE, first_line, foot
from ithaca.records.members.actions.arrivals import write_to_them
from ithaca.records.members.queries.arrivals import told, untold
from ithaca.records.queues import Slice
from ithaca.tools.design.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
def arrivals(request: Request, slug: str) -> HttpResponse:
    """How many have not been told, who they are, and the button that writes to them."""
    scheme = gate.scheme(request.actor, slug, Access.USE_SHEETS).row
    waiting = untold(scheme, request.actor.id)
    if request.method == "POST":
        form = pressed(request, "write", Form)
        form.full_clean()
        write_to_them(scheme, coordinator=request.actor.id, at=timezone.now(), form=form.form_id)
        messages.success(request, _("We're sending the emails now. Each one goes out within a few minutes."))
        return redirect("coordinating:arrivals", slug)
    start = first_line(request)
    people = waiting.select_related("membership__user")[start : start + A_PAGE]
    found = Slice(tuple(people), waiting.count())
    written, signed_in = told(scheme)
    page = {
        "scheme": scheme,
        "people": found.lines,
        "written": written,
        "signed_in": signed_in,
        "form": button("write"),
    }
    return render(request, "coordinating/arrivals.html", page | foot(request, found))
