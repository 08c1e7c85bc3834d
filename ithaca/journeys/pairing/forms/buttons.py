"""Forms that are one button, and forms saved over a newer version."""

from django.http import QueryDict

from ithaca.journeys.http import Request
from ithaca.tools.design.forms import Form


class ButtonForm(Form):
    """A button and nothing else."""


def pressed(request: Request) -> ButtonForm:
    """The button that was pressed, with its uuid."""
    form = ButtonForm(request.POST)
    form.is_valid()
    return form


def typed_over(request: Request, version: int) -> QueryDict:
    """What was typed, ready to be saved over the version that stands now."""
    typed = request.POST.copy()
    typed["version"] = str(version)
    return typed
