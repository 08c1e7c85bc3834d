"""The account page, its details, and the recovery code."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ithaca.journeys.http import Request
from ithaca.journeys.joining.forms.account import DetailsForm, RecoveryCodeForm
from ithaca.journeys.signing_in import keys
from ithaca.records.members.actions import accounts
from ithaca.records.members.actions import keys as key_actions
from ithaca.records.members.models import User
from ithaca.records.members.queries.accounts import telephone_of
from ithaca.tools.design.forms import Form
from ithaca.tools.vault.errors import Tampered


def show(request: Request) -> HttpResponse:
    """Show everything that belongs to the account, each with a link to change it."""
    user = _user(request)
    change = reverse("joining:account_details")
    letters = _("Discreet: they don't name the scheme") if user.discreet_letters else _("They name the scheme")
    code = _("You have one") if key_actions.has_recovery_code(user) else _("You don't have one yet")
    page = {
        "you": [
            _row(_("Name"), user.name, change),
            _row(_("Email address"), user.email, reverse("account_email")),
            _row(_("Phone"), telephone_of(user) or _("Not given"), change),
            _row(_("Emails to you"), letters, change),
        ],
        "signing_in": [
            _row(_("Password"), _("Only you know it"), reverse("account_change_password")),
            _row(_("Two-step sign-in and passkeys"), _("Other ways to show it's you"), reverse("mfa_index")),
            _row(_("Where you're signed in"), _("Browsers and devices"), reverse("usersessions_list"), _("View")),
        ],
        "private": [
            _row(_("Recovery code"), code, reverse("joining:recovery_code"), _("Create one")),
            _row(
                _("People to avoid matching you with"),
                _("Only you can read this"),
                reverse("joining:keep_away"),
                _("Open"),
            ),
            _row(_("People you know too well"), _("Only you can see this"), reverse("pairing:conflicts"), _("Open")),
        ],
    }
    return render(request, "joining/account.html", page)


def details(request: Request) -> HttpResponse:
    """Change the name, the phone number and how emails are worded."""
    user = _user(request)
    stands = {"name": user.name, "telephone": telephone_of(user), "discreet_letters": user.discreet_letters}
    form = DetailsForm(request.POST if request.method == "POST" else None, initial=stands)
    if form.is_valid():
        given = form.cleaned_data
        accounts.change_details(
            user, name=given["name"], telephone=given["telephone"], discreet_letters=given["discreet_letters"]
        )
        messages.success(request, _("We've saved your details."))
        return redirect("joining:account")
    return render(request, "joining/account_details.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
def recovery_code(request: Request) -> HttpResponse:
    """Make a recovery code, show it once, and save it once part of it has been typed. Ask for the password first."""
    user = _user(request)
    keyring = keys.proved(request.actor.keyring, timezone.now())
    if request.method == "POST" and "sealed" in request.POST:
        form = RecoveryCodeForm(request.POST)
        try:
            code = key_actions.proposed_recovery_code(user, request.POST["sealed"])
        except Tampered:
            return redirect("joining:recovery_code")
        if form.is_valid():
            if key_actions.is_part_of(form.cleaned_data["part"], code):
                key_actions.keep_recovery_code(user, keyring, code)
                messages.success(request, _("Your recovery code now works. Keep it somewhere safe."))
                return redirect("joining:account")
            form.add_error("part", _("Enter the last 8 characters of the code on this page"))
        return render(request, "joining/recovery_code.html", {"form": form, "code": code}, status=422)
    if request.method == "POST":
        code, sealed = key_actions.propose_recovery_code(user)
        form = RecoveryCodeForm(initial={"sealed": sealed})
        return render(request, "joining/recovery_code.html", {"form": form, "code": code})
    page = {"form": Form(), "has_recovery_code": key_actions.has_recovery_code(user)}
    return render(request, "joining/recovery_code_begin.html", page)


def _row(key: str, value: str, href: str, action: str = "") -> dict[str, str]:
    return {"key": key, "value": value, "href": href, "action": action}


def _user(request: Request) -> User:
    user = request.actor.user
    if user is None:
        raise LookupError("a route for people who have signed in")
    return user
