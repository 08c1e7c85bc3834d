"""The mentor someone would prefer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.records.members.models import MentorStanding
from ithaca.tools.design.forms import Form


class PreferenceForm(Form):
    """A name to look for among those who agreed to be found, or an address that is never confirmed."""

    name = forms.CharField(
        label=_("Search for a name"),
        help_text=_("This finds mentors who agreed to be found by name. Part of the name is enough."),
        max_length=80,
        required=False,
    )
    mentor = forms.ChoiceField(label=_("Which of these?"), widget=forms.RadioSelect, required=False)
    address = forms.EmailField(
        label=_("Or their email address"),
        help_text=_("We won't say whether it belongs to a mentor. If it does, we'll think of them first."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, found: list[MentorStanding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mentor"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(row.pk), row.membership.user.name) for row in found]
