"""What the account's pages ask."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ithaca.tools.design.forms import Form


class DetailsForm(Form):
    """The account page."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name")},
    )
    telephone = forms.CharField(
        label=_("Phone (optional)"),
        help_text=_(
            "So that your scheme's coordinator can call you. Your mentor, or the person you mentor, won't see it."
        ),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel", "class": "nhsuk-input--width-20"}),
    )
    discreet_letters = forms.BooleanField(
        label=_("Send me discreet emails"),
        help_text=_("They'll only say that there's something for you to do, and won't name the scheme."),
        required=False,
    )

    def clean_telephone(self) -> str:
        """Return the number as it was typed. Refuse anything that can't be a phone number."""
        typed: str = self.cleaned_data["telephone"].strip()
        if typed and not (set(typed) <= set("0123456789+()- ") and 7 <= sum(sign.isdigit() for sign in typed) <= 15):
            raise ValidationError(_("Enter a phone number, like 01632 960 001"))
        return typed


class RecoveryCodeForm(Form):
    """Part of the code, typed or pasted, to show that it was saved."""

    part = forms.CharField(
        label=_("Type the last 8 characters of the code"),
        help_text=_("They're the last 2 groups. You can paste them."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "nhsuk-input--width-10"}),
        error_messages={"required": _("Enter the last 8 characters of the code on this page")},
    )
    sealed = forms.CharField(widget=forms.HiddenInput, max_length=1000)
