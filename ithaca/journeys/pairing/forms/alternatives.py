"""What else someone could do when nobody is likely soon."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.records.schemes.models import Scheme
from ithaca.tools.design.forms import Form, radios

ALTERNATIVES = {
    "wait": (_("Keep waiting"), _("We'll keep looking, and email you every 2 weeks.")),
    "one_off": (
        _("One conversation"),
        _("Someone listens to you once. More mentors have time for that. You can both choose to carry on."),
    ),
    "neighbour": (
        _("Ask in another scheme too"),
        _("You choose which one, and what we can pass on."),
    ),
    "groups": (
        _("A local group"),
        _("People who do your job and meet near you. The coordinator will tell you about the ones they know."),
    ),
    "networks": (
        _("A business network"),
        _("People who lead in other kinds of work, such as a chamber of commerce. The coordinator will help."),
    ),
}
CHOSEN = {
    "wait": _("We'll keep looking. You keep your place."),
    "one_off": _("You've now asked for one conversation. You keep your place."),
    "groups": _("The coordinator can see what you chose, and will email you."),
    "networks": _("The coordinator can see what you chose, and will email you."),
}


class AlternativeForm(Form):
    """One of the ways that are open."""

    code = radios(ALTERNATIVES, label=_("What would you like to do?"))

    def __init__(self, *args: object, without: tuple[str, ...] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came
        field = self.fields["code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, words) for code, (words, _hint) in ALTERNATIVES.items() if code not in without]


class ElsewhereForm(Form):
    """Which scheme, and the consent without which nothing goes there."""

    scheme = forms.ChoiceField(label=_("Which scheme?"), widget=forms.RadioSelect)
    consent = forms.BooleanField(
        label=_("Yes, its coordinators may see my name and what I chose in my request"),
    )

    def __init__(self, *args: object, schemes: list[Scheme], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came
        field = self.fields["scheme"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(scheme.slug, scheme.name) for scheme in schemes]
            field.hints = {scheme.slug: scheme.summary for scheme in schemes}  # type: ignore[attr-defined]  # read by design.fields
