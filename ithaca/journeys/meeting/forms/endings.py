"""The form that ends a mentorship."""

from django import forms
from django.utils.translation import gettext_lazy

from ithaca.journeys.meeting.forms.cautious import LONGEST, CautiousForm


class EndingForm(CautiousForm):
    """Stopping, with a last word to the other if one likes."""

    words = forms.CharField(
        label=gettext_lazy("Final message (optional)"),
        help_text=gettext_lazy("You can leave this blank. Leave out anything that could identify a patient."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
