"""Forms for a goal: writing one, and changing a draft."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.meeting.forms.cautious import WrittenForm
from ithaca.journeys.meeting.forms.versioned import VersionedForm

SHORT = 500
"""Characters of a goal or a step: it is a heading on the page."""


class GoalForm(WrittenForm):
    """A goal, and how one will know."""

    words = forms.CharField(
        label=_("What would you like to change?"),
        help_text=_("A sentence is enough. Leave out anything that could identify a patient."),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you would like to change")},
    )
    measure = forms.CharField(
        label=_("How will you know?"),
        help_text=_("What will you see, hear or do? You can leave this blank."),
        max_length=SHORT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class GoalChangeForm(GoalForm, VersionedForm):
    """Other words for a draft, by one who saw its `version`."""
