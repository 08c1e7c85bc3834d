"""Unlocking: a page of its own, for someone who is signed in and comes by a link."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.journeys.http import Request
from ithaca.journeys.signing_in import carrying, keys
from ithaca.journeys.signing_in.forms import StartAgainForm, UnlockForm
from ithaca.journeys.signing_in.ways import way_on
from ithaca.records.members.actions import keys as key_actions
from ithaca.tools.vault.errors import WrongSecret


def unlock(request: Request, recover: bool = False) -> HttpResponse:
    """Ask for the password, or after a reset for what still opens the key. Then go on to the page wanted."""
    keyring = request.actor.keyring
    if keyring is not None and keyring.proved_lately(timezone.now()):
        return redirect(way_on(request))
    form = UnlockForm(prefix=carrying.UNLOCK)
    if recover:
        form.ask_more()
    page = {"form": form, "carried": [("next", way_on(request))], "action": request.path, "recover": recover}
    return render(request, "signing_in/unlock.html", page)


def start_again(request: Request) -> HttpResponse:
    """Ask for a new key when every secret is lost, and make it a day later. What the old key opens is lost."""
    user, at = request.actor.user, timezone.now()
    if user is None:
        raise Http404
    if "stop" in request.POST:
        key_actions.stop_new_key(user)
        messages.success(request, _("We've stopped it. Your private pages stay as they are."))
        return redirect("joining:home")
    may_from = key_actions.new_key_from(user, at)
    ready = may_from is not None and at >= may_from
    form = StartAgainForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not ratelimit.consume(request, action="reauthenticate", user=user):
        form.add_error("password", carrying.too_many_tries())
    elif form.is_valid():
        try:
            if ready:
                keys.begin(request, key_actions.start_again(user, form.cleaned_data["password"], at))
                return redirect("joining:recovery_code")
            key_actions.ask_for_new_key(user, form.cleaned_data["password"], request.path, at)
            return redirect("signing_in:unlock_start_again")
        except key_actions.TooEarly:
            return redirect("signing_in:unlock_start_again")
        except WrongSecret:
            form.add_error("password", _("This isn't your password. Try again."))
    page = {"form": form, "may_from": may_from, "ready": ready}
    return render(request, "signing_in/start_again.html", page, status=422 if form.is_bound else 200)
