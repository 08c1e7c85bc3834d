"""Unlocking: a page of its own, for someone who is signed in and comes by a link."""

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.journeys.http import Request
from ithaca.journeys.joining import carrying, keys
from ithaca.journeys.joining.forms import StartAgainForm, UnlockForm
from ithaca.journeys.joining.ways import way_on
from ithaca.records.members.actions import keys as key_actions
from ithaca.tools.vault.errors import WrongSecret


def unlock(request: Request, recover: bool = False) -> HttpResponse:
    """Ask for the password, or after a reset for what still opens the key; then go where the person was going."""
    keyring = request.actor.keyring
    if keyring is not None and keyring.proved_lately(timezone.now()):
        return redirect(way_on(request))
    form = UnlockForm(prefix=carrying.UNLOCK)
    if recover:
        form.ask_more()
    page = {"form": form, "carried": [("next", way_on(request))], "action": request.path, "recover": recover}
    return render(request, "joining/unlock.html", page)


def start_again(request: Request) -> HttpResponse:
    """Begin a new key when every secret is lost. What the old one opens is given up."""
    user = request.actor.user
    form = StartAgainForm(request.POST if request.method == "POST" else None)
    if user is not None and form.is_valid() and not ratelimit.consume(request, action="reauthenticate", user=user):
        form.add_error("password", carrying.too_many_tries())
    elif user is not None and form.is_valid():
        try:
            keys.begin(request, key_actions.start_again(user, form.cleaned_data["password"], timezone.now()))
            return redirect("joining:recovery_code")
        except WrongSecret:
            form.add_error("password", _("This is not your password"))
    return render(request, "joining/start_again.html", {"form": form}, status=422 if form.is_bound else 200)
