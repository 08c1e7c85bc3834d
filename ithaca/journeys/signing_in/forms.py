"""What unlocking, confirming an address and starting again ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.tools.design.forms import Form


def _password(label: Any, autocomplete: str, required: bool = True) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    errors = {"required": _("Enter your password")}
    return forms.CharField(
        label=label, widget=widget, required=required, max_length=200, strip=False, error_messages=errors
    )


class UnlockForm(Form):
    """The password and, if it was changed without opening the key, what still opens it."""

    password = _password(_("Your password"), "current-password")
    secret = _password(_("Your recovery code or your old password"), "off", required=False)

    more = False
    """Is the second field shown?"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.more = bool(self.data.get(self.add_prefix("secret")))

    @property
    def asks_more(self) -> bool:
        """Return whether they chose the button that says their password has changed."""
        return self.add_prefix("ask") in self.data

    def ask_more(self) -> None:
        self.more = True


class ConfirmForm(Form):
    """The password, beside the address that the link in an email proves."""

    password = _password(_("Your password"), "current-password")


class StartAgainForm(Form):
    """Consent to lose what the old key opens."""

    password = _password(_("Your password"), "current-password")
    sure = forms.BooleanField(
        label=_("I understand that what I wrote before can't be read again"),
        error_messages={"required": _("Select the box to show that you understand")},
    )
