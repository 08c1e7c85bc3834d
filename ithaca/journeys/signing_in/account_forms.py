"""allauth's forms in our own words. When the password changes, so does the lock on the key."""

from typing import Any, ClassVar

from allauth.account import forms as allauth
from allauth.core import context
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.signing_in import keys
from ithaca.records.members.actions import accounts
from ithaca.records.members.actions import keys as key_actions
from ithaca.records.members.models import User

LONGEST_PASSWORD = 200
LONGEST_ADDRESS = 254
GOOD_PASSWORD = _("Use at least 10 characters. Three words that only you would put together work well.")


class PlainWords:
    """Labels, hints and limits for the fields that allauth makes."""

    WORDS: ClassVar[dict[str, tuple[Any, Any]]] = {
        "login": (_("Email address"), ""),
        "email": (_("Email address"), ""),
        "password": (_("Password"), None),
        "oldpassword": (_("Current password"), ""),
        "password1": (_("New password"), GOOD_PASSWORD),
        "password2": (_("New password again"), ""),
    }
    fields: dict[str, forms.Field]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label, hint = self.WORDS.get(name, (field.label, None))
            field.help_text = field.help_text if hint is None else hint
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.error_messages |= {
                    "required": _("Enter your email address"),
                    "invalid": _("Enter an email address, like name@example.com"),
                }
            elif isinstance(field.widget, forms.PasswordInput):
                field.error_messages["required"] = _("Enter a password")
            if isinstance(field, forms.CharField):
                _limit(field, LONGEST_PASSWORD if isinstance(field.widget, forms.PasswordInput) else LONGEST_ADDRESS)


def _limit(field: forms.CharField, most: int) -> None:
    if field.max_length is None or field.max_length > most:
        field.max_length = most
        field.validators.insert(0, MaxLengthValidator(most, _("This must be %(limit_value)d characters or fewer")))


class LoginForm(PlainWords, allauth.LoginForm):
    """Address and password."""

    def without_ways_out(self) -> "LoginForm":
        """Drop the link to another page, where leaving would lose what the page carries."""
        self.fields["password"].help_text = ""
        return self


class SignupForm(PlainWords, allauth.SignupForm):
    """A name, an address and a password: no more before there is a reason."""

    WORDS = PlainWords.WORDS | {
        "email": (_("Email address"), _("You can use a work address.")),
        "password1": (
            _("Password"),
            _("Use at least 10 characters. It also locks what you write, and we can't unlock that without you."),
        ),
    }
    field_order = ("name", "email", "password1")
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name"), "max_length": _("Your name must be 120 characters or fewer")},
    )

    def signup(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Save the name, and the page that the person was on their way to."""
        assert isinstance(user, User)  # noqa: S101 - narrows a type
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        way = request.POST.get("next", "")
        if way.startswith("/") and len(way) <= 500:
            accounts.remember_way(user, way)


class ResetPasswordForm(PlainWords, allauth.ResetPasswordForm):
    """An email address. The reply is the same whether there is an account or not."""


class ResetPasswordKeyForm(PlainWords, allauth.ResetPasswordKeyForm):
    """A new password for signing in. The key stays locked with the old one until it is opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]


class AddEmailForm(PlainWords, allauth.AddEmailForm):
    """A new email address, which replaces the current one once it is confirmed."""

    WORDS = PlainWords.WORDS | {"email": (_("New email address"), "")}


class ReauthenticateForm(PlainWords, allauth.ReauthenticateForm):
    """The password again."""


class AddPasskeyForm(PlainWords, webauthn.AddWebAuthnForm):
    """A name for the key, and whether it is enough by itself."""

    WORDS = PlainWords.WORDS | {
        "name": (_("Name"), ""),
        "passwordless": (
            _("Use it to sign in without my password"),
            _("Your device will then need to check your fingerprint, your face or a PIN."),
        ),
    }


class ChangePasswordForm(PlainWords, allauth.ChangePasswordForm):
    """The current password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]

    @transaction.atomic
    def save(self) -> None:
        """Change the password for signing in, lock the person's key with it, and lock their other browsers."""
        request = context.request
        old, new = self.cleaned_data["oldpassword"], self.cleaned_data["password1"]
        keyring = request.actor.keyring
        super().save()
        key_actions.follow_password(self.user, keyring, old, new)
        key_actions.lock_everywhere(self.user.pk, but=keys.token_of(request))
