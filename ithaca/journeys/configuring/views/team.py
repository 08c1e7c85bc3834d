"""The team of a scheme: who coordinates, who deputises, and who is away when."""

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
from ithaca.journeys.configuring.forms import AwayDates, Deputy
from ithaca.journeys.http import Request
from ithaca.records.members.actions import absences, appointments
from ithaca.records.members.queries.absences import nobody_there
from ithaca.records.members.queries.appointments import team as read_team
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.appointments import coordinates, team_of
from ithaca.tools.design.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: Request, slug: str) -> HttpResponse:
    """See the team; a coordinator adds a deputy."""
    scheme = _scheme(request, slug)
    if request.method != "POST":
        return _page(request, scheme)
    form, at = pressed(request, "deputy", Deputy), timezone.now()
    if form.is_valid():
        try:
            added = appointments.appoint_deputy(
                scheme, form.cleaned_data["email"], actor=request.actor.id, at=at, form=form.form_id
            )
        except appointments.NobodyThere:
            form.add_error("email", _("Nobody here has this address. Ask them to create an account first."))
        else:
            messages.success(request, _("%(name)s is now a deputy.") % {"name": added.name})
            return redirect("configuring:team", slug)
    return _page(request, scheme, deputy=form)


@require_POST
def end(request: Request, slug: str, pk: UUID) -> HttpResponse:
    """End a deputy's appointment, or step down oneself."""
    scheme = _scheme(request, slug)
    appointment = next((row for row in team_of(scheme) if row.pk == pk), None)
    if appointment is None:
        raise Http404
    form = pressed(request, f"end-{pk}", Form)
    form.full_clean()
    own = appointment.person == request.actor.id
    try:
        appointments.end(appointment, actor=request.actor.id, at=timezone.now(), form=form.form_id)
    except appointments.LastCoordinator:
        form.add_error(None, _("A scheme needs a coordinator. Ask whoever runs this service to appoint another first."))
    except appointments.LastHolder:
        form.add_error(None, _("Nobody else has the key to the mailbox. Share it first."))
    else:
        messages.success(request, _("You've stepped down.") if own else _("They're no longer a deputy."))
        return redirect("joining:home") if own else redirect("configuring:team", slug)
    return _page(request, scheme, faulty=form)


@require_POST
def away(request: Request, slug: str) -> HttpResponse:
    """Say when one is away."""
    scheme, at = _scheme(request, slug), timezone.now()
    form = AwayDates(request.POST, today=timezone.localdate(at))
    if form.is_valid():
        days = form.cleaned_data["first_day"], form.cleaned_data["last_day"]
        try:
            absences.announce(scheme, *days, actor=request.actor.id, at=at, form=form.form_id)
        except absences.Overlap:
            form.add_error("first_day", _("You've already said you're away on some of these days"))
        else:
            messages.success(request, _("We've saved your days away, and members can see them."))
            return redirect("configuring:team", slug)
    return _page(request, scheme, away=form)


@require_POST
def there(request: Request, slug: str, pk: UUID) -> HttpResponse:
    """Take one's own absence back."""
    scheme = _scheme(request, slug)
    absences.cancel(scheme, pk, actor=request.actor.id)
    messages.success(request, _("We've removed these days."))
    return redirect("configuring:team", slug)


def _scheme(request: Request, slug: str) -> Scheme:
    return gate.scheme(request.actor, slug, Access.READ_TEAM).row


def _page(
    request: Request,
    scheme: Scheme,
    deputy: Deputy | None = None,
    away: AwayDates | None = None,
    faulty: Form | None = None,
) -> HttpResponse:
    may_appoint = coordinates(scheme, request.actor.id)
    team = read_team(scheme)
    ends = {
        one.appointment: button(f"end-{one.appointment}")
        for one in team
        if one.person == request.actor.id or (may_appoint and one.is_deputy)
    }
    page = {
        "scheme": scheme,
        "team": [(one, ends.get(one.appointment), one.person == request.actor.id) for one in team],
        "nobody_there": nobody_there(team, timezone.localdate()),
        "has_key": any(one.holds for one in team),
        "may_appoint": may_appoint,
        "deputy": deputy or button("deputy", Deputy),
        "away": away or AwayDates(today=timezone.localdate()),
        "faulty": deputy or away or faulty,
    }
    return render(request, "configuring/team.html", page, status=422 if page["faulty"] else 200)
