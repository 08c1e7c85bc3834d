"""A personal link to join a scheme. Opening it does nothing; the button does."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ithaca.journeys.http import Request
from ithaca.journeys.joining.views.memberships import next_page
from ithaca.journeys.signing_in import carrying
from ithaca.records.members.actions import invitations, memberships
from ithaca.records.members.queries.invitations import open_invitation
from ithaca.records.mentorships.pairing.actions import findings
from ithaca.records.schemes.queries.appointments import coordinators_of
from ithaca.tools.design.forms import Form


@never_cache
def invitation(request: Request, token: str) -> HttpResponse:
    """Say what the invitation is for. On a POST, accept it once and go on to joining."""
    at = timezone.now()
    if request.method == "POST" and request.actor.user is None:
        answer = carrying.sign_in_first(request)
        return answer or redirect(request.path)
    form = Form(request.POST if request.method == "POST" else None)
    if request.actor.user is not None and form.is_valid():
        try:
            taken = invitations.use(token, request.actor.user, at=at)
        except invitations.Gone:
            return render(request, "joining/invitation_gone.html", status=410)
        membership = memberships.start(taken.scheme, request.actor.user, at=at, form=form.form_id)
        findings.settle_with(request.actor.id, taken.scheme, at)
        return redirect(next_page(membership))
    found = open_invitation(token, at)
    if found is None:
        return render(request, "joining/invitation_gone.html", status=410)
    page = {
        "invitation": found,
        "scheme": found.scheme,
        "form": form,
        "way": request.path,
        "by_mentee": found.made_by not in coordinators_of(found.scheme),
        "token": token,
    }
    return render(request, "joining/invitation.html", page)


@never_cache
@require_POST
def decline(request: Request, token: str) -> HttpResponse:
    """Decline the invitation. Anyone with the link can, without an account and without a reason."""
    try:
        declined = invitations.decline(token, at=timezone.now())
    except invitations.Gone:
        return render(request, "joining/invitation_gone.html", status=410)
    return render(request, "joining/invitation_declined.html", {"scheme": declined.scheme})
