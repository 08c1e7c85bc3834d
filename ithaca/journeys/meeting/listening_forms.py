"""Forms about how it goes: a few words after a session, one score, a phase, the day of the next look, of a pause."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.meeting.cautious import LONGEST_LETTER, CautiousForm
from ithaca.journeys.meeting.forms import FARTHEST, SeenForm
from ithaca.journeys.meeting.writing_forms import NO_PATIENTS
from ithaca.records.schemes.vocabulary import PHASES
from ithaca.tools.design.forms import DateField, Form, radios

SCORES = {
    "5": _("Very good"),
    "4": _("Good"),
    "3": _("All right"),
    "2": _("Not very good"),
    "1": _("Not good"),
}


class FeedbackForm(CautiousForm, SeenForm):
    """How a session was, in one's own words. `version` says what this person saw of what they said before."""

    text = forms.CharField(
        label=_("In your own words"),
        help_text=NO_PATIENTS,
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write a few words first, or choose “Not this time”")},
    )


class RatingForm(Form):
    """One question. Nothing chooses an answer beforehand."""

    score = radios(
        SCORES,
        label=_("How good is this for you?"),
        error_messages={"required": _("Choose an answer, or choose “Not this time”")},
    )


class PhaseForm(Form):
    """Where the two are on the way."""

    phase = radios(PHASES, label=_("Your phase now"), error_messages={"required": _("Choose the phase you’re in")})


class DayAheadForm(Form):
    """A day that is still to come, or none."""

    day = DateField(required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date | None:
        """The day; raises ValidationError unless it lies ahead."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and not self.today < day <= self.today + FARTHEST:
            raise forms.ValidationError(_("Choose a date in the future, within the next 2 years"))
        return day


class ReviewForm(DayAheadForm):
    """When to look at the agreement again."""

    day = DateField(
        label=_("When will you review it next?"),
        help_text=_("For example, 27 3 2027. You can leave this blank."),
        required=False,
    )


class PauseForm(DayAheadForm):
    """Until when to pause."""

    day = DateField(
        label=_("When would you like to pause until?"),
        help_text=_("For example, 27 3 2027. You can leave this blank."),
        required=False,
    )
