"""Free text that may name a patient: the form comes back once, with what was typed, and the author may go on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.tools.design.forms import Form
from ithaca.tools.design.patients import nhs_numbers

LONGEST = 3000
"""Characters of a clause, or of a final message."""
LONGEST_MESSAGE = 10_000
"""Characters of a message or a note."""
NO_PATIENTS = _("Leave out anything that could identify a patient.")


class CautiousForm(Form):
    """A form with boxes for free text. Each number that may be a patient's is cautioned against once.

    The page carries the numbers it warned of (`heeded`), so that another number brings a new warning.
    """

    @property
    def heeded(self) -> str:
        """The numbers found in the boxes, for the page to carry."""
        return " ".join(self._numbers())

    def cautions(self) -> bool:
        """Is there a number in a box that this person was not warned of? Only of a valid form."""
        return not set(self._numbers()) <= set(str(self.data.get("heeded", "")).split())

    def _numbers(self) -> list[str]:
        boxes = [name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)]
        return sorted({found for name in boxes for found in nhs_numbers(str(self.cleaned_data.get(name) or ""))})


class WrittenForm(CautiousForm):
    """A form whose words can be given back."""

    def written(self) -> str:
        """Return what was typed, to be shown where it can't be saved."""
        boxes = [name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)]
        return "\n\n".join(filter(None, (str(self.data.get(name) or "") for name in boxes)))
