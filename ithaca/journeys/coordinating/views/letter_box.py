"""The letter box of a scheme: the key to which what visitors write is sealed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ithaca.access import gate
from ithaca.journeys.coordinating.acting import button, desk_of
from ithaca.journeys.http import Request
from ithaca.records.schemes.actions import open_mailbox
from ithaca.records.schemes.queries import coordinators_with_keys, has_mailbox
from ithaca.tools.vault.keyring import unlocked


@require_http_methods(["GET", "HEAD", "POST"])
def letter_box(request: Request, slug: str) -> HttpResponse:
    """Open the letter box, once, for all coordinators who have keys by now; it takes two."""
    scheme = gate.scheme(request.actor, slug, "open_letter_box").row
    holders = coordinators_with_keys(scheme) - {request.actor.id}
    if request.method == "POST" and holders:
        open_mailbox(scheme, unlocked(request.actor.keyring), holders)
        messages.success(request, _("The letter box is open."))
        return redirect(desk_of(scheme))
    page = {"scheme": scheme, "is_open": has_mailbox(scheme), "holders": holders, "form": button("open")}
    status = 422 if request.method == "POST" else 200
    return render(request, "coordinating/letter_box.html", page, status=status)
