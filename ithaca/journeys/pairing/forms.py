"""Forms of pairing."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.http import Request
from ithaca.records.schemes.vocabulary import WAYS
from ithaca.tools.design.forms import DateField, Form, radios

PATIENTS = _("Leave out anything that could identify a patient.")

REACHING = {"phone": _("Telephone"), "text": _("Text message"), "email": _("Email"), "other": _("Another way")}


class TwoMinuteForm(Form):
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
        help_text=PATIENTS,
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PressForm(Form):
    """A button and nothing else."""


def pressed(request: Request) -> PressForm:
    """The button that was pressed, with its uuid."""
    form = PressForm(request.POST)
    form.is_valid()
    return form


class ChooseForm(Form):
    """One of the mentors on the page."""

    standing = forms.UUIDField(widget=forms.HiddenInput)


REASONS_FOR_NO = {
    "not_now": _("It is not a good time for me"),
    "conflict": _("We work together, or there is another conflict"),
    "other_help": _("It is not what I am looking for"),
    "times": _("Our times or ways to meet do not fit"),
    "no_reason": _("I would rather not say"),
}


class DeclineForm(Form):
    """A no, with a ready-made reason that its author alone can read."""

    reason = radios(
        REASONS_FOR_NO,
        label=_("Would you like to note why, for yourself?"),
        required=False,
    )


class ChatForm(Form):
    """When and how the two meet for the first time."""

    day = DateField(label=_("The day"), help_text=_("For example, 27 3 2027"))
    time = forms.TimeField(
        label=_("The time"),
        help_text=_("For example, 13:30 or 1:30pm"),
        input_formats=["%H:%M", "%H.%M", "%I:%M%p", "%I:%M %p", "%I.%M%p", "%I%p", "%I %p"],
        error_messages={"invalid": _("Enter a time, like 13:30 or 1:30pm"), "required": _("Enter a time")},
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "nhsuk-input--width-5"}),
    )
    way = radios(WAYS, label=_("How do you meet?"))
    place = forms.CharField(
        label=_("The link, the number or the place"),
        help_text=_("What the other person needs to find you."),
        max_length=300,
    )

    def __init__(self, *args: Any, at: datetime.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at = at

    def clean(self) -> dict[str, Any]:
        """Put day and time together as London has them; it must be to come, and within three months."""
        found: dict[str, Any] = super().clean() or {}
        day, time = found.get("day"), found.get("time")
        if day and time:
            chat_at = timezone.make_aware(datetime.datetime.combine(day, time))
            if chat_at <= self._at:
                self.add_error("day", _("Choose a day and a time that are still to come"))
            elif chat_at > self._at + datetime.timedelta(days=92):
                self.add_error("day", _("Choose a day within the next three months"))
            found["chat_at"] = chat_at.astimezone(datetime.UTC)
        return found


def chat_initial(chat_at: datetime.datetime | None, way: str, place: str) -> dict[str, Any]:
    """What a chat that is arranged already looks like in its form."""
    if chat_at is None:
        return {"way": way, "place": place}
    local = timezone.localtime(chat_at)
    return {"day": local.date(), "time": local.time(), "way": way, "place": place}
