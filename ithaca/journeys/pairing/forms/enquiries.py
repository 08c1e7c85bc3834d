"""The two-minute request."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.pairing.forms.cautions import NO_PATIENTS
from ithaca.records.schemes.vocabulary import REACHING
from ithaca.tools.design.forms import Form, radios


class EnquiryForm(Form):
    """A first name, a safe way and time to be reached, one optional line."""

    first_name = forms.CharField(
        label=_("Your first name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "class": "nhsuk-input--width-20"}),
    )
    way = radios(REACHING, label=_("How should we contact you?"), help_text=_("Choose a way that's safe for you."))
    reach_at = forms.CharField(
        label=_("Your phone number or email address"),
        help_text=_("Use a private one if other people read your work email or answer your work phone."),
        max_length=200,
    )
    good_time = forms.CharField(
        label=_("When is a good time?"),
        help_text=_("For example, Tuesday after 6pm."),
        max_length=200,
    )
    line = forms.CharField(
        label=_("What it's about, in one line (optional)"),
        help_text=NO_PATIENTS,
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
