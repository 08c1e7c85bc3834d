"""The live catalogue: each component in each state, with the same tags and forms as every other page."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ithaca.tools.design.forms import DateField, Form, checkboxes, radios
from ithaca.tools.design.templatetags.design import TONES

_WAYS = {
    "video": (_("Video call"), _("You'll get a link")),
    "phone": (_("Phone"), _("You give a number")),
    "in_person": _("In person"),
}


class SampleForm(Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Your name"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    address = forms.EmailField(label=_("Email address"), help_text=_("We'll email you there"))
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    story = forms.CharField(
        label=_("What brings you here?"),
        max_length=200,
        widget=forms.Textarea,
        help_text=_("Leave out anything that could identify a patient."),
    )
    way = radios(_WAYS, label=_("How would you like to meet?"), reveals={"phone": "number"})
    number = forms.CharField(label=_("Phone number"), required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    days = checkboxes({"mon": _("Monday"), "tue": _("Tuesday"), "wed": _("Wednesday")}, label=_("Which days suit you?"))
    area = forms.ChoiceField(label=_("Area"), choices=[("", _("Choose an area")), ("n", _("North")), ("s", _("South"))])
    since = DateField(label=_("When did you start?"), help_text=_("For example, 27 3 2026"))
    years = forms.IntegerField(label=_("Years in post"), min_value=0, max_value=60)
    card = forms.FileField(label=_("A spreadsheet"))
    agreed = forms.BooleanField(label=_("I have read this"))


@dataclass(frozen=True, slots=True)
class State:
    """A form in one state."""

    name: Any
    form: Form


def states() -> list[State]:
    """Return the sample form in four states: not filled in, filled in, sent empty, and wrong in every field."""
    filled = {
        "name": "Mina Example",
        "address": "mina@practice.example",
        "story": "A new post, and a good deal to learn.",
        "way": "phone",
        "number": "01632 960 001",
        "days": ["mon", "wed"],
        "area": "n",
        "since": datetime.date(2026, 3, 27),
        "years": 2,
    }
    wrong = QueryDict(mutable=True)
    wrong.update({"name": "x" * 41, "address": "mina", "story": "\x00" + "long " * 50, "way": "pigeon", "area": "moon"})
    wrong.update({"since_0": "31", "since_1": "2", "since_2": "2026", "years": "two"})
    wrong.setlist("days", ["mon", "noday"])
    return [
        State(_("Not filled in yet"), SampleForm(prefix="untouched")),
        State(_("Filled in"), SampleForm(prefix="filled", initial=filled)),
        State(_("Sent empty"), SampleForm(QueryDict(), prefix="empty")),
        State(_("An error in every field"), SampleForm(_prefixed(wrong, "wrong"), prefix="wrong")),
    ]


def _prefixed(data: QueryDict, prefix: str) -> QueryDict:
    found = QueryDict(mutable=True)
    for key, values in data.lists():
        found.setlist(f"{prefix}-{key}", values)
    return found


def many_pages() -> Page[int]:
    """Return a page in the middle of many."""
    return Paginator(range(200), 10).page(7)


def context() -> dict[str, Any]:
    """Return what `design/catalogue.html` needs."""
    return {
        "states": states(),
        "tones": [(tone, tone or "plain") for tone in TONES],
        "kinds": ["", "secondary", "reverse", "warning"],
        "many_pages": many_pages(),
        "by": datetime.date(2026, 12, 4),
        "at": datetime.datetime(2026, 12, 4, 16, 30, tzinfo=datetime.UTC),
        "answers": [
            {"key": _("Name"), "value": "Mina Example", "href": "#answers"},
            {"key": _("Days"), "value": [_("Monday"), _("Wednesday")], "href": "#answers"},
            {"key": _("Number"), "value": ""},
        ],
        "table": {
            "caption": _("Mentors with free places"),
            "head": [{"text": _("Topic")}, {"text": _("Mentors"), "format": "numeric"}],
            "rows": [
                [{"text": _("Settling into a new post")}, {"text": 12, "format": "numeric"}],
                [{"text": _("Difficult conversations")}, {"text": 7, "format": "numeric"}],
            ],
        },
    }
