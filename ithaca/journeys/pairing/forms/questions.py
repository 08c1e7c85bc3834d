"""A question to the mentee, and its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.pairing.forms.cautions import NO_PATIENTS
from ithaca.tools.design.forms import Form


class QuestionForm(Form):
    """What the mentor would like to know before they answer."""

    text = forms.CharField(
        label=_("Your question"),
        help_text=NO_PATIENTS,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerForm(Form):
    """What the mentee answers."""

    text = forms.CharField(
        label=_("Your answer"),
        help_text=NO_PATIENTS,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
