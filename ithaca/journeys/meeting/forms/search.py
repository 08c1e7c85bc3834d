"""The form of a search."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.tools.design.forms import Form


class SearchForm(Form):
    """Words to look for."""

    words = forms.CharField(
        label=_("What are you looking for?"),
        help_text=_("We'll search everything written here that you can read."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter a word to search for")},
    )
