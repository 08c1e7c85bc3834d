"""The form of the pulse, which asks how good mentoring is for someone."""

from django.utils.translation import gettext_lazy as _

from ithaca.tools.design.forms import Form, radios

SCORES = {
    "5": _("Very good"),
    "4": _("Good"),
    "3": _("All right"),
    "2": _("Not very good"),
    "1": _("Not good"),
}


class PulseForm(Form):
    """One question. Nothing chooses an answer beforehand."""

    score = radios(
        SCORES,
        label=_("How good is this for you?"),
        error_messages={"required": _("Choose an answer, or choose “Not this time”")},
    )
