"""Forms for what the mentee works towards: goals, steps, how much they are wanted, and what was learned."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.meeting.cautious import LONGEST, CautiousForm
from ithaca.journeys.meeting.forms import SeenForm
from ithaca.journeys.meeting.writing_forms import NO_PATIENTS
from ithaca.records.mentorships.writing.actions.commitments import LEAST, MOST
from ithaca.records.mentorships.writing.queries.goals import GoalStepPlan
from ithaca.tools.design.forms import DateField, radios

SHORT = 500
"""Characters of a goal or a step: it is a heading on the page."""


class WrittenForm(CautiousForm):
    """A form whose words can be given back."""

    def written(self) -> str:
        """What was typed, to be shown where it cannot be kept."""
        boxes = [name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)]
        return "\n\n".join(filter(None, (str(self.data.get(name) or "") for name in boxes)))


class GoalForm(WrittenForm):
    """A goal, and how one will know."""

    words = forms.CharField(
        label=_("What would you like to change?"),
        help_text=_("A sentence is enough. Leave out anything that could identify a patient."),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you would like to change")},
    )
    measure = forms.CharField(
        label=_("How will you know?"),
        help_text=_("What will you see, hear or do? You can leave this blank."),
        max_length=SHORT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class GoalChangeForm(GoalForm, SeenForm):
    """Other words for a draft, by one who saw its `version`."""


class StepForm(WrittenForm):
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
    def intent(self) -> GoalStepPlan:
        """What was typed. Only of a valid form."""
        return GoalStepPlan(self.cleaned_data["words"], self.cleaned_data["by_when"])


class StepChangeForm(StepForm, SeenForm):
    """Other words for a step, or another day, by one who saw its `version`."""


class CommitmentForm(WrittenForm):
    """How much one wants it, and what would make it a 10."""

    score = radios(
        {str(number): str(number) for number in range(LEAST, MOST + 1)},
        label=_("How much do you want this, from 1 to 10?"),
        help_text=_("1 means not at all and 10 means with all your heart. A low number is worth talking about."),
        error_messages={"required": _("Choose a number from 1 to 10")},
    )
    better = forms.CharField(
        label=_("What would make it a 10?"),
        help_text=NO_PATIENTS,
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].widget.attrs["class"] = "nhsuk-radios--inline ithaca-scale"


class LearnedForm(WrittenForm):
    """What one learned from doing it, or from not doing it."""

    learned = forms.CharField(
        label=_("What did you learn?"),
        help_text=_("You can leave this blank. Leave out anything that could identify a patient."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
