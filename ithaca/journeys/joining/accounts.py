"""Sign-in, as allauth asks for it."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ithaca.records.members.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Our letters instead of allauth's mail, our own fields at sign-up."""


class MfaAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are sealed."""


class SignupForm(forms.Form):
    """What we ask at sign-up besides address and password."""

    name = forms.CharField(label=_("Your name"), max_length=120)

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
