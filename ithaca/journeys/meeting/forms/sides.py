"""Forms for what each says for themself: how much of each role they wish for, and when they usually reply."""

from typing import Any

from django.utils.translation import gettext_lazy

from ithaca.records.schemes.vocabulary import DAYS, ROLES
from ithaca.tools.design.forms import Form, checkboxes, radios

WEIGHTS = {
    "0": gettext_lazy("Not now"),
    "1": gettext_lazy("A little"),
    "2": gettext_lazy("Often"),
    "3": gettext_lazy("Most of all"),
}


class RolesForm(Form):
    """How much of each of the eight roles one wishes for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, (name, what) in ROLES.items():
            field = radios(WEIGHTS, label=name, help_text=what, initial="0", required=False)
            field.widget.attrs["class"] = "nhsuk-radios--inline nhsuk-radios--small"
            self.fields[f"role-{code}"] = field

    @property
    def weights(self) -> dict[str, int]:
        """0 to 3, by role. Only of a valid form."""
        return {code: int(self.cleaned_data[f"role-{code}"] or 0) for code in ROLES}


class DaysForm(Form):
    """On which days one usually replies."""

    days = checkboxes(DAYS, label=gettext_lazy("Which days do you usually reply on?"), required=False)
