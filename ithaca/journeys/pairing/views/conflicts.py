"""People someone knows too well: of the other in an introduction, or in advance. Nobody else reads it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ithaca.journeys.http import Request
from ithaca.journeys.pairing.forms.buttons import pressed
from ithaca.journeys.pairing.forms.conflicts import ConflictForm, DeclarationForm
from ithaca.journeys.pairing.views.own import own_introduction
from ithaca.records.members.models import Organisation
from ithaca.records.members.queries import organisations
from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.pairing.actions import conflicts as actions
from ithaca.records.mentorships.pairing.queries.conflicts import own_conflicts
from ithaca.records.mentorships.rules.conflicts import KINDS, OF_AN_ORGANISATION
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct
from ithaca.records.stages import Party
from ithaca.tools.vault.keyring import unlocked


@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: Request, pk: UUID) -> HttpResponse:
    """Say so of the other in an introduction: it ends, and is never proposed again."""
    opened = own_introduction(request, pk)
    row, actor = opened.row, request.actor
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        kind, at = form.cleaned_data["kind"], timezone.now()
        actions.know_too_well(row, opened.party, kind, keyring=actor.keyring, actor=actor.id, at=at, form=form.form_id)
        messages.success(request, _("Thank you. We won't introduce you to each other again."))
        if opened.party is Party.MENTEE:
            return redirect("pairing:request", pk=row.request_id)
        return redirect("joining:home")
    if not form.is_bound and (row.stage in Introduction.OVER or not opened.may(IntroductionAct.VOID)):
        return redirect("pairing:introduction", pk=pk)
    context = {"scheme": row.request.membership.scheme, "row": row, "form": form, "locked": actor.keyring is None}
    return render(request, "pairing/conflict.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: Request) -> HttpResponse:
    """Show someone's own declarations, and a form to add one. A practice is searched for first and chosen next."""
    user, keyring = request.actor.id, unlocked(request.actor.keyring)
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    found: list[Organisation] = []
    if form.is_valid():
        given, at = form.cleaned_data, timezone.now()
        practice = organisations.by_code(given["organisation"]) if given["organisation"] else None
        if given["practice"] and practice is None:
            found = organisations.search(given["practice"])
            practice = found[0] if len(found) == 1 else None
        if practice is not None:
            actions.declare_organisation(
                user, practice.code, practice.name, given["kind"], keyring=keyring, at=at, form=form.form_id
            )
        elif given["email"]:
            actions.declare_person(user, given["email"], given["kind"], keyring=keyring, at=at, form=form.form_id)
        elif not found:
            form.add_error("practice", _("We can't find an organisation with this name, postcode or code"))
        if practice is not None or (given["email"] and not form.errors):
            messages.success(request, _("Saved. We won't introduce you."))
            return redirect("pairing:conflicts")
    declared = [
        (each, (OF_AN_ORGANISATION if each.everyone else KINDS).get(each.kind, ""))
        for each in own_conflicts(user, keyring)
    ]
    context = {"form": form, "found": found, "declared": declared, "back": reverse("joining:account")}
    return render(request, "pairing/conflicts.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: Request, declaration: UUID) -> HttpResponse:
    """Take back one of their own declarations."""
    pressed(request)
    actions.take_out(request.actor.id, declaration)
    messages.success(request, _("Removed."))
    return redirect("pairing:conflicts")
