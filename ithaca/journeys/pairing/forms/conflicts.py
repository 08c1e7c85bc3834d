"""People and organisations someone knows too well."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.records.mentorships.rules.conflicts import KINDS, OF_AN_ORGANISATION
from ithaca.tools.design.forms import Form, radios


class ConflictForm(Form):
    """How the two know one another."""

    kind = radios(KINDS, label=_("How do you know each other?"))


class DeclarationForm(Form):
    """A person or an organisation that is too close, and how."""

    kind = radios(KINDS, label=_("How do you know them?"))
    email = forms.EmailField(
        label=_("Their email address"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
    )
    practice = forms.CharField(
        label=_("Or a whole organisation"),
        help_text=_("Its name, its postcode or its code"),
        required=False,
        max_length=120,
    )
    organisation = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        if not given["email"] and not given["practice"]:
            self.add_error("email", _("Enter an email address, or an organisation"))
        elif given["email"] and given["practice"]:
            self.add_error("practice", _("Enter a person or an organisation. You can add the other next."))
        elif given["practice"] and given["kind"] not in OF_AN_ORGANISATION:
            self.add_error(
                "kind", _("We always leave out your own organisation. For a person, enter their email address.")
            )
        return given
