"""What a request is for, and the one answer that it needs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.records.schemes.vocabulary import REASONS
from ithaca.tools.design.forms import Form, checkboxes, radios

KINDS = {
    "mentor": (_("A mentor"), _("You meet about once a month, for as long as it helps.")),
    "one_off": (
        _("One conversation"),
        _("You meet once. There are ground rules but no agreement. You can carry on if you both want to."),
    ),
}


class StartForm(Form):
    """The first question, which alone needs an answer, and what one asks for: a mentor, where nothing is said."""

    reasons = checkboxes(REASONS, label=_("What brings you?"), help_text=_("Choose all that apply."))
    kind = radios(KINDS, label=_("What would you like?"), required=False, initial="mentor")


class KindForm(Form):
    """A mentor, or one conversation."""

    kind = radios(KINDS, label=_("What would you like?"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
