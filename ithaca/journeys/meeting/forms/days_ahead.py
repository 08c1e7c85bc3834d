"""A day that is still to come."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.tools.design.forms import DateField, Form

FARTHEST = timedelta(days=2 * 366)
"""How far ahead a day may be: farther is a slip of the keyboard."""


class DayAheadForm(Form):
    """A day that is still to come, or none."""

    day = DateField(required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date | None:
        """Return the day, or raise ValidationError unless it lies ahead."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and not self.today < day <= self.today + FARTHEST:
            raise forms.ValidationError(_("Choose a date in the future, within the next 2 years"))
        return day
