"""The first password of someone who came from a coordinator's spreadsheet."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from ithaca.journeys.http import Request
from ithaca.journeys.signing_in.account_forms import GOOD_PASSWORD, LONGEST_PASSWORD
from ithaca.records.members.actions import arrivals
from ithaca.records.members.queries.arrivals import is_open
from ithaca.tools.design.forms import Form


class FirstPassword(Form):
    """A password, by the same rules as at signing up."""

    password = forms.CharField(
        label=gettext_lazy("Choose a password"),
        help_text=GOOD_PASSWORD,
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Enter a password")},
    )

    def clean_password(self) -> Any:
        password = self.cleaned_data["password"]
        validate_password(password)
        return password


@never_cache
def welcome(request: Request, token: str) -> HttpResponse:
    """Set the first password. Opening the link changes nothing, and it never signs anyone in."""
    at = timezone.now()
    if not is_open(token, at):
        return render(request, "joining/welcome_gone.html", status=410)
    form = FirstPassword(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            arrivals.claim(token, form.cleaned_data["password"], at=at)
        except arrivals.Gone:
            return render(request, "joining/welcome_gone.html", status=410)
        messages.success(request, _("We've set your password. You can now sign in with it."))
        return redirect("account_login")
    return render(request, "joining/welcome.html", {"form": form}, status=422 if form.is_bound else 200)
