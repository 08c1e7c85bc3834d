"""Forms for a step: writing it, changing it, and saying what was learned."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.meeting.forms.cautious import LONGEST, WrittenForm
from ithaca.journeys.meeting.forms.goals import SHORT
from ithaca.journeys.meeting.forms.versioned import VersionedForm
from ithaca.records.mentorships.writing.queries.goals import GoalStepPlan
from ithaca.tools.design.forms import DateField


class GoalStepForm(WrittenForm):
    """Something to do, and by when. `goal` is the uuid of the goal it leads to, or empty."""

    words = forms.CharField(
        label=_("What could you do?"),
        help_text=_("The smallest step that would help. Leave out anything that could identify a patient."),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you could do")},
    )
    by_when = DateField(
        label=_("By when?"), help_text=_("For example, 27 3 2027. You can leave this blank."), required=False
    )
    goal = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @property
    def plan(self) -> GoalStepPlan:
        """What was typed. Only of a valid form."""
        return GoalStepPlan(self.cleaned_data["words"], self.cleaned_data["by_when"])


class GoalStepChangeForm(GoalStepForm, VersionedForm):
    """Other words for a step, or another day, by one who saw its `version`."""


class GoalStepCloseForm(WrittenForm):
    """What one learned from doing it, or from not doing it."""

    learned = forms.CharField(
        label=_("What did you learn?"),
        help_text=_("You can leave this blank. Leave out anything that could identify a patient."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
