"""The form that pauses a mentorship."""

from django.utils.translation import gettext_lazy as _

from ithaca.journeys.meeting.forms.days_ahead import DayAheadForm
from ithaca.tools.design.forms import DateField


class PauseForm(DayAheadForm):
    """Until when to pause."""

    day = DateField(
        label=_("When would you like to pause until?"),
        help_text=_("For example, 27 3 2027. You can leave this blank."),
        required=False,
    )
