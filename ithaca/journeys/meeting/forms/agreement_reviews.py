"""The form of an agreement's review: when to do it next."""

from django.utils.translation import gettext_lazy as _

from ithaca.journeys.meeting.forms.days_ahead import DayAheadForm
from ithaca.tools.design.forms import DateField


class AgreementReviewForm(DayAheadForm):
    """When to look at the agreement again."""

    day = DateField(
        label=_("When will you review it next?"),
        help_text=_("For example, 27 3 2027. You can leave this blank."),
        required=False,
    )
