"""The address of a mentor someone has found."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.tools.design.forms import Form


class FindingForm(Form):
    """The address of someone who would be one's mentor."""

    email = forms.EmailField(
        label=_("Their email address"),
        help_text=_("Use one that they read themselves."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
