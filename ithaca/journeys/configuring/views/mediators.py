"""Those who help two people of a scheme to talk: who they are. Whom they help is shown to nobody at the desk."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.acts import button, pressed
from ithaca.journeys.configuring.forms import Mediator
from ithaca.journeys.http import Request
from ithaca.records.members.actions import appointments
from ithaca.records.members.queries.appointments import mediators as read_mediators
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.appointments import coordinates
from ithaca.tools.design.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
def mediators(request: Request, slug: str) -> HttpResponse:
    """See them; a coordinator adds one."""
    scheme, at = gate.scheme(request.actor, slug, Access.READ_TEAM).row, timezone.now()
    if request.method != "POST":
        return _page(request, scheme)
    form = pressed(request, "mediator", Mediator)
    if form.is_valid():
        address = form.cleaned_data["email"]
        try:
            added = appointments.appoint_mediator(scheme, address, actor=request.actor.id, at=at, form=form.form_id)
        except appointments.NobodyThere:
            form.add_error("email", _("Nobody here has this address. Ask them to create an account first."))
        else:
            messages.success(request, _("We can ask %(name)s from now on.") % {"name": added.name})
            return redirect("configuring:mediators", slug)
    return _page(request, scheme, form)


@require_POST
def end(request: Request, slug: str, pk: UUID) -> HttpResponse:
    """We won't ask them any more."""
    scheme = gate.scheme(request.actor, slug, Access.READ_TEAM).row
    appointment = next((row for row, _person in read_mediators(scheme) if row.pk == pk), None)
    if appointment is None:
        raise Http404
    form = pressed(request, f"end-{pk}", Form)
    form.full_clean()
    appointments.end_mediator(appointment, actor=request.actor.id, at=timezone.now(), form=form.form_id)
    messages.success(request, _("We won't ask them any more."))
    return redirect("configuring:mediators", slug)


def _page(request: Request, scheme: Scheme, faulty: Mediator | None = None) -> HttpResponse:
    page = {
        "scheme": scheme,
        "found": [(row, person, button(f"end-{row.pk}")) for row, person in read_mediators(scheme)],
        "may_appoint": coordinates(scheme, request.actor.id),
        "form": faulty or button("mediator", Mediator),
        "faulty": faulty,
    }
    return render(request, "configuring/mediators.html", page, status=422 if faulty else 200)
