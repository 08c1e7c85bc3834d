"""A no to an introduction."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.pairing.forms.cautions import NO_PATIENTS
from ithaca.tools.design.forms import Form, radios

REASONS_FOR_NO = {
    "not_now": _("It's not a good time for me"),
    "full": _("I have enough on my plate just now"),
    "conflict": _("We work together, or there is another conflict"),
    "other_help": _("It's not what I'm looking for"),
    "someone_else": _("Someone else would know more about this"),
    "times": _("Our times or ways to meet don't fit"),
    "no_reason": _("I'd rather not say"),
}


class DeclineForm(Form):
    """A no, with a ready-made reason and words that its author alone can read."""

    reason = radios(
        REASONS_FOR_NO,
        label=_("Would you like to note why, for yourself?"),
        required=False,
    )
    words = forms.CharField(
        label=_("In your own words (optional)"),
        help_text=NO_PATIENTS,
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
