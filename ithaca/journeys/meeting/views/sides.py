"""What each of the two says for themself: the roles they wish for, and the days on which they usually reply."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.sides import DaysForm, RolesForm
from ithaca.journeys.meeting.views.pages import show, unreadable
from ithaca.records.mentorships.room.actions import sides as sides_actions
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.tools.vault.errors import NotGranted


def roles(request: Request, pk: UUID) -> HttpResponse:
    """Show the eight roles: how much of each one wishes for, beside what the other wishes for."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    keyring, form = request.actor.keyring, RolesForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_valid():
            sides_actions.weigh_roles(pk, form.weights, room.party, keyring=keyring, at=timezone.now())
            messages.success(request, _("Saved. You can change your answers whenever you like."))
            return redirect("meeting:roles", pk)
        found = sides_queries.role_weights(pk, sides_queries.sides_of(room.row, request.actor.id), keyring)
    except NotGranted:
        return unreadable(request, room)
    if not form.is_bound:
        form = RolesForm(initial={f"role-{role.code}": str(role.mine or 0) for role in found})
    weighed = any(role.mine is not None for role in found)
    status = 422 if form.is_bound else 200
    return show(request, room, "roles", status=status, form=form, found=found, weighed=weighed)


def days(request: Request, pk: UUID) -> HttpResponse:
    """Say on which days one usually replies."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    form = DaysForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        sides_actions.say_days(pk, form.cleaned_data["days"], room.party, actor=request.actor.id, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("meeting:room", pk)
    if not form.is_bound:
        mine = sides_queries.sides_of(room.row, request.actor.id).mine
        form = DaysForm(initial={"days": sides_queries.days_of(mine)})
    return show(request, room, "days", status=422 if form.is_bound else 200, form=form)
