"""Forms of pairing."""

import datetime
from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.http import Request
from ithaca.records.mentorships.rules.conflicts import KINDS, OF_AN_ORGANISATION
from ithaca.records.schemes.vocabulary import REACHING, REASONS, WAYS
from ithaca.tools.design.forms import DateField, Form, checkboxes, radios

PATIENTS = _("Leave out anything that could identify a patient.")


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


ASKED_FOR = {
    "mentor": (_("A mentor"), _("You meet about once a month, for as long as it helps.")),
    "one_off": (_("One conversation"), _("You meet once. There are ground rules, and no agreement. It may go on.")),
}


class PressForm(Form):
    """A button and nothing else."""


class StartForm(Form):
    """The first question, which alone needs an answer, and what one asks for: a mentor, where nothing is said."""

    reasons = checkboxes(REASONS, label=_("What brings you?"), help_text=_("Choose all that fit."))
    kind = radios(ASKED_FOR, label=_("What would you like?"), required=False, initial="mentor")


def pressed(request: Request) -> PressForm:
    """The button that was pressed, with its uuid."""
    form = PressForm(request.POST)
    form.is_valid()
    return form


def typed_over(request: Request, version: int) -> QueryDict:
    """What was typed, ready to be saved over the version that stands now."""
    typed = request.POST.copy()
    typed["version"] = str(version)
    return typed


class ChooseForm(Form):
    """One of the mentors on the page."""

    standing = forms.UUIDField(widget=forms.HiddenInput)


class RankForm(Form):
    """Up to three of the mentors on the page, in an order."""

    first = forms.ChoiceField(label=_("My first choice"))
    second = forms.ChoiceField(label=_("If they cannot, my second choice"), required=False)
    third = forms.ChoiceField(label=_("If they cannot, my third choice"), required=False)

    def __init__(self, *args: Any, mentors: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a mentor")), *((str(standing), name) for standing, name in mentors)]
        for name in ("first", "second", "third"):
            if name in self.fields:
                cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Each mentor once; an order with a gap closes up."""
        found: dict[str, Any] = super().clean() or {}
        said = [name for name in ("first", "second", "third") if found.get(name)]
        for place, name in enumerate(said):
            if found[name] in [found[before] for before in said[:place]]:
                self.add_error(name, _("Choose each mentor once"))
        return found

    @property
    def standings(self) -> list[UUID]:
        """The mentors in their order, of a valid form."""
        return [UUID(self.cleaned_data[name]) for name in self.fields if name != "once" and self.cleaned_data[name]]


class NextForm(RankForm):
    """Who comes next, if the introduction under way does not go ahead; both empty: nobody."""

    first = None  # type: ignore[assignment]  # Django's way of leaving a parent's field out
    second = forms.ChoiceField(label=_("The next to ask"), required=False)
    third = forms.ChoiceField(label=_("And after them"), required=False)


class QuestionForm(Form):
    """What the mentor would like to know before they answer."""

    text = forms.CharField(
        label=_("Your question"),
        help_text=PATIENTS,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerForm(Form):
    """What the mentee answers."""

    text = forms.CharField(
        label=_("Your answer"),
        help_text=PATIENTS,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class TooCloseForm(Form):
    """How the two know one another."""

    kind = radios(KINDS, label=_("How do you know each other?"))


class ConflictForm(Form):
    """A person or an organisation that is too close, and how."""

    kind = radios(KINDS, label=_("How do you know them?"))
    email = forms.EmailField(
        label=_("Their email address"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
    )
    practice = forms.CharField(
        label=_("Or a whole organisation"),
        help_text=_("Its name, its postcode or its code"),
        required=False,
        max_length=120,
    )
    organisation = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        if not given["email"] and not given["practice"]:
            self.add_error("email", _("Enter an email address, or an organisation"))
        elif given["email"] and given["practice"]:
            self.add_error("practice", _("Enter a person or an organisation. You can add the other next."))
        elif given["practice"] and given["kind"] not in OF_AN_ORGANISATION:
            self.add_error("kind", _("Your own organisation is kept apart always. For a person, enter their address."))
        return given


REASONS_FOR_NO = {
    "not_now": _("It is not a good time for me"),
    "full": _("I have enough on my plate at present"),
    "conflict": _("We work together, or there is another conflict"),
    "other_help": _("It is not what I am looking for"),
    "someone_else": _("Someone else would know more about this"),
    "times": _("Our times or ways to meet do not fit"),
    "no_reason": _("I would rather not say"),
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
        help_text=PATIENTS,
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
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
        help_text=_("What the other person needs to find you. You can leave this empty and add it later."),
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
