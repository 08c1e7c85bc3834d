"""Forms that are one button, and forms saved over a newer version."""

from django.http import QueryDict

from ithaca.journeys.http import Request
from ithaca.tools.design.forms import Form


class ButtonForm(Form):
    """A button and nothing else."""


def pressed(request: Request) -> ButtonForm:
    """Return the button that was chosen, with its uuid."""
    form = ButtonForm(request.POST)
    form.is_valid()
    return form


def typed_over(request: Request, version: int) -> QueryDict:
    """Return what was typed, ready to be saved over the version of now."""
    typed = request.POST.copy()
    typed["version"] = str(version)
    return typed
