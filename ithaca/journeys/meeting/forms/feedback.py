"""The form of feedback after a session."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.meeting.forms.cautious import LONGEST_MESSAGE, NO_PATIENTS, CautiousForm
from ithaca.journeys.meeting.forms.versioned import VersionedForm


class FeedbackForm(CautiousForm, VersionedForm):
    """How a session was, in one's own words. `version` says what this person saw of what they said before."""

    text = forms.CharField(
        label=_("In your own words"),
        help_text=NO_PATIENTS,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write a few words first, or choose “Not this time”")},
    )
