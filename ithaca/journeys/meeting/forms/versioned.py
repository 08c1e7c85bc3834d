"""A form about something that the other person may change meanwhile."""

from django import forms

from ithaca.tools.design.forms import Form


class VersionedForm(Form):
    """A form about something that the other may change meanwhile: `version` is the one on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
