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
    way = radios(REACHING, label=_("How shall we reach you?"), help_text=_("Choose a way that is safe for you."))
    reach_at = forms.CharField(
        label=_("The number or address"),
        help_text=_("A private one, if others read your work mailbox or answer your work telephone."),
        max_length=200,
    )
    good_time = forms.CharField(
        label=_("A good time"),
        help_text=_("For example, Tuesday after 6pm."),
        max_length=200,
    )
    line = forms.CharField(
        label=_("One line about what it is (optional)"),
        help_text=NO_PATIENTS,
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
