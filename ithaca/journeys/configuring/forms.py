"""What the team of a scheme fills in about itself."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ithaca.tools.design.forms import DateField, Form


class Deputy(Form):
    """Someone who has an account, by their address."""

    email = forms.EmailField(
        label=gettext_lazy("Their email address"),
        help_text=gettext_lazy(
            "They need to have an account here already. We'll email them, and they'll be able to see the desk."
        ),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class Mediator(Form):
    """Someone who has an account, by their address."""

    email = forms.EmailField(
        label=gettext_lazy("Their email address"),
        help_text=gettext_lazy("They need to have an account here already. We'll email them."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class AwayDates(Form):
    """From a first day to a last."""

    first_day = DateField(label=gettext_lazy("First day away"), help_text=gettext_lazy("For example, 30 11 2026"))
    last_day = DateField(label=gettext_lazy("Last day away"), help_text=gettext_lazy("For example, 7 12 2026"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("first_day"), given.get("last_day")
        if last and last < self.today:
            self.add_error("last_day", _("This day has passed. Enter a later one"))
        elif first and last and last < first:
            self.add_error("last_day", _("The last day can't be before the first"))
        elif first and last and (last - first).days > 366:
            self.add_error("last_day", _("This is more than a year away from the first day. Check the year"))
        return given


class Share(Form):
    """One of the team."""

    person = forms.UUIDField(widget=forms.HiddenInput)
