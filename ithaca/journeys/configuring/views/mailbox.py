"""The mailbox of a scheme: the key to which what visitors write is sealed, and who holds it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.acts import button, desk_of, pressed
from ithaca.journeys.configuring.forms import Share
from ithaca.journeys.http import Request
from ithaca.records.members.actions import mailboxes
from ithaca.records.members.queries.mailboxes import holding
from ithaca.records.schemes.actions.mailboxes import open_mailbox
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.appointments import coordinators_with_keys
from ithaca.tools.design.forms import Form
from ithaca.tools.vault.errors import NotGranted
from ithaca.tools.vault.keyring import unlocked


@require_http_methods(["GET", "HEAD", "POST"])
def mailbox(request: Request, slug: str) -> HttpResponse:
    """Open the mailbox, once, for all coordinators who have keys by now; it takes two. Later: who holds its key."""
    scheme = _scheme(request, slug)
    holders = coordinators_with_keys(scheme) - {request.actor.id}
    if request.method == "POST" and holders:
        open_mailbox(scheme, unlocked(request.actor.keyring), holders)
        messages.success(request, _("The mailbox is open."))
        return redirect(desk_of(scheme))
    return _page(request, scheme, status=422 if request.method == "POST" else 200)


@require_POST
def share(request: Request, slug: str) -> HttpResponse:
    """Give a colleague the key, with one's own open key."""
    scheme, keyring = _scheme(request, slug), unlocked(request.actor.keyring)
    form = pressed(request, "share", Share)
    if form.is_valid():
        try:
            mailboxes.share_key(scheme, keyring, form.cleaned_data["person"], at=timezone.now(), form=form.form_id)
        except mailboxes.TooFew:
            form.add_error(None, _("They're not in the team, or they haven't signed in yet."))
        except NotGranted:
            form.add_error(None, _("You don't have the key yourself. Ask a colleague who does."))
        else:
            messages.success(
                request,
                _("You've shared the key. They can read what visitors have already written, and whatever comes next."),
            )
            return redirect("configuring:mailbox", slug)
    return _page(request, scheme, 422, form)


@require_POST
def renew(request: Request, slug: str) -> HttpResponse:
    """Make the next key, for the team as it is today."""
    scheme, keyring = _scheme(request, slug), unlocked(request.actor.keyring)
    form = pressed(request, "renew", Form)
    form.full_clean()
    try:
        mailboxes.renew_key(scheme, keyring, at=timezone.now(), form=form.form_id)
    except mailboxes.TooFew:
        form.add_error(None, _("You need two people who have signed in. Add a deputy first."))
    except NotGranted:
        form.add_error(None, _("You don't have the key yourself. Ask a colleague who does."))
    else:
        messages.success(request, _("There's a new key. Anyone who has left can't read what's written from now on."))
        return redirect("configuring:mailbox", slug)
    return _page(request, scheme, 422, form)


def _scheme(request: Request, slug: str) -> Scheme:
    return gate.scheme(request.actor, slug, Access.OPEN_MAILBOX).row


def _page(request: Request, scheme: Scheme, status: int = 200, faulty: Form | None = None) -> HttpResponse:
    found = holding(scheme)
    mine = any(one.person == request.actor.id and one.holds for one in found.team)
    page = {
        "scheme": scheme,
        "is_open": found.is_open,
        "holders": coordinators_with_keys(scheme) - {request.actor.id},
        "form": button("open"),
        "found": found,
        "mine": mine,
        "team": [
            (one, Share(auto_id=False, initial={"person": one.person}) if one.has_keys and not one.holds else None)
            for one in found.team
        ],
        "renewing": button("renew"),
        "faulty": faulty,
    }
    return render(request, "configuring/mailbox.html", page, status=status)
