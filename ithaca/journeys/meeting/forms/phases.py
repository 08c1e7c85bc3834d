"""The form of the phase."""

from django.utils.translation import gettext_lazy as _

from ithaca.records.schemes.vocabulary import PHASES
from ithaca.tools.design.forms import Form, radios


class PhaseForm(Form):
    """The phase that the mentor and the mentee say they are in."""

    phase = radios(PHASES, label=_("Your phase now"), error_messages={"required": _("Choose the phase you're in")})
