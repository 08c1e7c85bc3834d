"""Forms for what the two write: a message, a note, words to look for."""

from datetime import datetime

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.meeting.cautious import LONGEST_LETTER, CautiousForm
from ithaca.journeys.meeting.forms import SeenForm
from ithaca.records.mentorships import maps
from ithaca.tools.design.forms import Form

NO_PATIENTS = _("Leave out anything that could identify a patient.")


class SeenUntilForm(Form):
    """`seen` is the moment of the newest thing on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_seen(self) -> datetime | None:
        """The moment, or None when it is lost or mangled: that is no reason to lose what was typed."""
        try:
            found = parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None
        return found if found is not None and found.tzinfo is not None else None


class MessageForm(CautiousForm, SeenUntilForm):
    """A word to the other. `seen` is the moment of the newest message on the page."""

    text = forms.CharField(
        label=_("Your message"),
        help_text=NO_PATIENTS,
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write your message first")},
    )


class NoteForm(CautiousForm):
    """A note. Unless the page said that it is for both, it is its author's alone."""

    text = forms.CharField(
        label=_("Your note"),
        help_text=NO_PATIENTS,
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write your note first")},
    )
    whose = forms.CharField(widget=forms.HiddenInput, required=False)
    place = forms.CharField(widget=forms.HiddenInput, required=False)
    experience = forms.BooleanField(
        label=_("This is what I did"),
        help_text=_("Ask first. Then offer it, if it is wanted. It is shown as what you did."),
        required=False,
    )

    def clean_place(self) -> str:
        """Where it stands; a lost or mangled place is no reason to lose what was typed."""
        place: str = self.cleaned_data["place"]
        return place if maps.is_place(place) else ""

    @property
    def alone(self) -> bool:
        """Is it for its author alone?"""
        return str(self["whose"].value() or "") != "both"


class NoteChangeForm(NoteForm, SeenForm):
    """Other words for a note, by one who saw its `version`."""


class SearchForm(Form):
    """Words to look for."""

    words = forms.CharField(
        label=_("Words to look for"),
        help_text=_("We look in every message and note that you can read here."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter a word to look for")},
    )
