"""What the page of people to avoid asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.tools.design.forms import Form


class PrivateListForm(Form):
    """One more person to avoid: by email address, or by name and practice."""

    email = forms.EmailField(
        label=_("Their email address, if you know it"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Their name"), required=False, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    practice = forms.CharField(
        label=_("Where they work"),
        help_text=_("The practice's name, postcode or code"),
        required=False,
        max_length=120,
    )
    organisation = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        if not given["email"] and not given["name"]:
            self.add_error("email", _("Enter an email address, or a name and a practice"))
        elif given["name"] and not given["practice"]:
            self.add_error("practice", _("Enter where they work, as many people share a name"))
        elif given["practice"] and not given["name"]:
            self.add_error("name", _("Enter their name, as you can't add a whole practice here"))
        return given
