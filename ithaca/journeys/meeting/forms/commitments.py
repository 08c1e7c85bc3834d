"""The form of a commitment: how much one wants a goal or a step, from 1 to 10."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.meeting.forms.cautious import LONGEST, NO_PATIENTS, WrittenForm
from ithaca.records.mentorships.writing.actions.commitments import LEAST, MOST
from ithaca.tools.design.forms import radios


class CommitmentForm(WrittenForm):
    """How much one wants it, and what would make it a 10."""

    score = radios(
        {str(number): str(number) for number in range(LEAST, MOST + 1)},
        label=_("How much do you want this, from 1 to 10?"),
        help_text=_("1 means not at all and 10 means with all your heart. A low number is worth talking about."),
        error_messages={"required": _("Choose a number from 1 to 10")},
    )
    better = forms.CharField(
        label=_("What would make it a 10?"),
        help_text=NO_PATIENTS,
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].widget.attrs["class"] = "nhsuk-radios--inline ithaca-scale"
