"""Forms for messages: writing one, and saying up to which moment one has read."""

from datetime import datetime

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.meeting.forms.attachments import WithFilesForm
from ithaca.journeys.meeting.forms.cautious import LONGEST_MESSAGE, NO_PATIENTS
from ithaca.tools.design.forms import Form


class ReadForm(Form):
    """`seen` is the moment of the newest thing on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_seen(self) -> datetime | None:
        """Return the moment, or None when it is lost or mangled: that is no reason to lose what was typed."""
        try:
            found = parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None
        return found if found is not None and found.tzinfo is not None else None


class MessageForm(WithFilesForm, ReadForm):
    """A message to the other. `seen` is the moment of the newest message on the page."""

    text = forms.CharField(
        label=_("Your message"),
        help_text=NO_PATIENTS,
        max_length=LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write your message first")},
    )
