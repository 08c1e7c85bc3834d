"""When and how the first chat takes place."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ithaca.records.schemes.vocabulary import WAYS
from ithaca.tools.design.forms import DateField, Form, radios


class FirstChatForm(Form):
    """When and how the two meet for the first time."""

    day = DateField(label=_("The day"), help_text=_("For example, 27 3 2027"))
    time = forms.TimeField(
        label=_("The time"),
        help_text=_("For example, 13:30 or 1:30pm"),
        input_formats=["%H:%M", "%H.%M", "%I:%M%p", "%I:%M %p", "%I.%M%p", "%I%p", "%I %p"],
        error_messages={"invalid": _("Enter a time, like 13:30 or 1:30pm"), "required": _("Enter a time")},
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "nhsuk-input--width-5"}),
    )
    way = radios(WAYS, label=_("How will you meet?"))
    place = forms.CharField(
        label=_("The link, phone number or place (optional)"),
        help_text=_("What the other person needs to find you. You can add it later."),
        max_length=300,
        required=False,
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
                self.add_error("day", _("Choose a day and time in the future"))
            elif chat_at > self._at + datetime.timedelta(days=92):
                self.add_error("day", _("Choose a day within the next three months"))
            found["chat_at"] = chat_at.astimezone(datetime.UTC)
        return found


def initial(chat_at: datetime.datetime | None, way: str, place: str) -> dict[str, Any]:
    """Return what the form of a chat that is already arranged begins with."""
    if chat_at is None:
        return {"way": way, "place": place}
    local = timezone.localtime(chat_at)
    return {"day": local.date(), "time": local.time(), "way": way, "place": place}
