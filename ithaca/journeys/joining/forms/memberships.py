"""What the pages of a membership ask."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ithaca.records.members import membership_questions
from ithaca.records.members.models import Organisation
from ithaca.records.members.queries import organisations
from ithaca.records.schemes import vocabulary
from ithaca.records.schemes.models import Scheme
from ithaca.tools.design.forms import DateField, Form, radios

# --- joining --------------------------------------------------------------------------------------


class StepForm(Form):
    """One page of an application to join a scheme; `register` is the one for the person's profession, if any."""

    def __init__(self, *args: Any, scheme: Scheme, register: str = "", **kwargs: Any) -> None:
        self.scheme, self.register = scheme, register
        super().__init__(*args, **kwargs)

    @property
    def answers(self) -> dict[str, Any]:
        """The fields of the membership that this page fills in."""
        return {name: value for name, value in self.cleaned_data.items() if name != "once"}


class ProfessionForm(StepForm):
    profession = radios(
        vocabulary.PROFESSIONS,
        label=_("What is your profession?"),
        error_messages={"required": _("Choose your profession")},
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, scheme=scheme, **kwargs)
        words = vocabulary.PROFESSIONS
        self.fields["profession"].choices = [(code, words.get(code, code)) for code in scheme.professions]  # type: ignore[attr-defined]  # radios


class SubscriptionForm(StepForm):
    subscriber_name = forms.CharField(
        label=_("Subscriber's name"),
        help_text=_("The person or practice named on the membership"),
        max_length=120,
        error_messages={"required": _("Enter the subscriber's name")},
    )
    subscriber_number = forms.CharField(
        label=_("Membership number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "nhsuk-input--width-20"}),
        error_messages={"required": _("Enter your membership number")},
    )
    valid_until = DateField(
        label=_("Valid until"),
        help_text=_("For example, 31 3 2027"),
        error_messages={"required": _("Enter the date your membership is valid until")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        body = self.scheme.subscriber_body
        self.fields["subscriber_number"].help_text = _("Your membership number with %(body)s") % {"body": body}

    def clean_valid_until(self) -> date:
        until: date = self.cleaned_data["valid_until"]
        if until < self.today:
            raise ValidationError(_("This date has passed. Check it, or renew your membership first."))
        return until


class RegistrationForm(StepForm):
    registration_number = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "class": "nhsuk-input--width-10"})
    )

    WORDS = {
        "GMC": (
            _("Your GMC number"),
            _("It has 7 digits, for example 1234567"),
            _("Enter a GMC number, which has 7 digits"),
        ),
        "NMC": (
            _("Your NMC Pin"),
            _("2 digits, a letter, 4 digits and a letter, for example 12A3456B"),
            _("Enter an NMC Pin, like 12A3456B"),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["registration_number"]
        field.label, field.help_text, self.wrong = self.WORDS[self.register]
        field.error_messages["required"] = _("Enter your registration number")

    def clean_registration_number(self) -> str:
        found = membership_questions.tidy_register_number(self.register, self.cleaned_data["registration_number"])
        if found is None:
            raise ValidationError(self.wrong)
        return found


class AnyRegistrationForm(StepForm):
    """A registration number beside the choice of profession, asked of those whose profession has a register."""

    registration_number = forms.CharField(
        label=_("Your registration number"),
        help_text=_("Your GMC number if you're a GP, or your NMC Pin if you're a nurse."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "nhsuk-input--width-10"}),
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, scheme=scheme, **kwargs)
        field = self.fields["registration_number"]
        if len(scheme.professions) == 1:
            field.label, field.help_text, _wrong = RegistrationForm.WORDS[self.register]
        elif not set(scheme.professions) <= set(vocabulary.REGISTERS):
            field.help_text = _(
                "Your GMC number if you're a GP, or your NMC Pin if you're a nurse. Otherwise, leave it empty."
            )

    def clean_registration_number(self) -> str:
        if not self.register:
            return ""
        typed = self.cleaned_data["registration_number"]
        if not typed:
            raise ValidationError(_("Enter your registration number"))
        found = membership_questions.tidy_register_number(self.register, typed)
        if found is None:
            raise ValidationError(RegistrationForm.WORDS[self.register][2])
        return found


class PostForm(StepForm):
    took_up_post_on = DateField(
        label=_("When did you start your current job? (optional)"),
        help_text=_("It helps us find someone who remembers those first months."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_took_up_post_on(self) -> date | None:
        day: date | None = self.cleaned_data["took_up_post_on"]
        if day and day > self.today.replace(year=self.today.year + 1, day=min(self.today.day, 28)):
            raise ValidationError(_("This is more than a year away. Check the year."))
        return day


class PracticeForm(Form):
    """Find a practice, choose it, or say that it isn't listed. All three are buttons on one page."""

    practice = forms.CharField(
        label=_("Practice name, postcode or code"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    organisation = forms.CharField(required=False, max_length=10)
    unlisted = forms.CharField(label=_("What's your practice called?"), required=False, max_length=120)


class WhereForm(StepForm, PracticeForm):
    """The practice in one go: taken if what was typed fits one open practice, else those that fit are shown.

    `fitting` holds those to choose from, and `answers` the organisation or the name of one that is not listed.
    """

    unlisted = forms.CharField(
        label=_("If it isn't listed, what's your practice called?"), required=False, max_length=120
    )

    fitting: Sequence[Organisation] = ()
    chosen: Organisation | None = None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        typed, unlisted = given.get("practice", ""), given.get("unlisted", "")
        found = organisations.search(typed)
        self.fitting = fitting = [one for one in found if one.is_open]
        chosen = [one for one in fitting if one.code == given.get("organisation")] or fitting
        if unlisted and not given.get("organisation"):
            self.chosen = None
        elif len(chosen) == 1 and (given.get("organisation") or len(found) == 1):
            self.chosen = chosen[0]
        elif fitting:
            self.add_error("practice", _("Choose your practice from the list, or enter its postcode or code"))
        elif found:
            self.add_error("practice", _("This practice has closed. Enter the one you work for now"))
        elif typed:
            self.add_error("practice", _("We can't find that practice. Try its postcode, or enter its name below"))
        else:
            self.add_error("practice", _("Enter a practice name, postcode or code"))
        return given

    @property
    def answers(self) -> dict[str, Any]:
        return {"organisation": self.chosen, "unlisted_practice": "" if self.chosen else self.cleaned_data["unlisted"]}
