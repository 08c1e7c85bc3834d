"""What each of the two says for themself: the roles they wish for, and the days on which they usually reply."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.agreement_forms import RolesForm
from ithaca.journeys.meeting.forms import DaysForm
from ithaca.journeys.meeting.views.showing import show, unreadable
from ithaca.records.mentorships.room.actions import nudges, sides
from ithaca.records.mentorships.room.queries import sides as weights
from ithaca.tools.design.templatetags.design import day
from ithaca.tools.vault.errors import NotGranted


def roles(request: Request, pk: UUID) -> HttpResponse:
    """The eight roles: how much of each one wishes for, beside what the other wishes for."""
    opened = gate.mentorship(request.actor, pk, "read")
    form = RolesForm(request.POST) if request.method == "POST" else None
    try:
        if form is not None and form.is_valid():
            keyring, at = request.actor.keyring, timezone.now()
            sides.weigh_roles(pk, form.weights, opened.party, keyring=keyring, at=at)
            messages.success(request, _("Saved. You can change your answers whenever you like."))
            return redirect("meeting:roles", pk)
        found = weights.role_weights(pk, weights.sides_of(opened.row, request.actor.id), request.actor.keyring)
    except NotGranted:
        return unreadable(request, opened)
    first = {f"role-{role.code}": str(role.mine or 0) for role in found}
    context = {
        "form": form or RolesForm(initial=first),
        "found": found,
        "weighed": any(r.mine is not None for r in found),
    }
    return show(request, "roles", opened.row, opened.party, status=422 if form else 200, **context)


def days(request: Request, pk: UUID) -> HttpResponse:
    """On which days one usually replies."""
    opened = gate.mentorship(request.actor, pk, "read")
    form = DaysForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        sides.say_days(pk, form.cleaned_data["days"], opened.party, actor=request.actor.id, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("meeting:room", pk)
    mine = weights.days_of(weights.sides_of(opened.row, request.actor.id).mine)
    form = form or DaysForm(initial={"days": mine})
    return show(request, "days", opened.row, opened.party, status=422 if form.is_bound else 200, form=form)


def fine(request: Request, pk: UUID) -> HttpResponse:
    """Say that all is well, so that nobody reminds the two for three months."""
    opened = gate.mentorship(request.actor, pk, "read")
    if request.method == "POST":
        until = nudges.say_fine(pk, opened.party, actor=request.actor.id, at=timezone.now())
        words = _("Thanks for telling us. We won’t write to you about this before %(day)s.") % {"day": day(until)}
        messages.success(request, words)
    return redirect("meeting:room", pk)
