"""What the pages of an offer to mentor ask."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.records.schemes import vocabulary
from ithaca.tools.design.forms import Form, checkboxes, grid


class OwnWordsForm(Form):
    own_words = forms.CharField(
        label=_("A few lines about you"),
        help_text=_(
            "What have you been through, and what are you like to talk to? "
            "Leave out anything that could identify a patient."
        ),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Enter a few lines about yourself")},
    )


class RolesForm(Form):
    roles = checkboxes(
        vocabulary.ROLES,
        label=_("Which roles would you be happy to take on?"),
        error_messages={"required": _("Choose at least one role")},
    )


class KnowledgeForm(Form):
    reasons = checkboxes(
        vocabulary.SITUATIONS,
        label=_("Which of these have you been through yourself?"),
        required=False,
    )
    topics = checkboxes(
        vocabulary.TOPICS,
        label=_("Which topics could you help with?"),
        error_messages={"required": _("Choose at least one topic")},
    )

    def __init__(self, *args: Any, topics: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = vocabulary.TOPICS
        self.fields["topics"].choices = [(code, words.get(code, code)) for code in topics or words]  # type: ignore[attr-defined]  # checkboxes


class TimesForm(Form):
    slots = grid(
        vocabulary.SLOTS,
        vocabulary.WORKING_DAYS,
        vocabulary.PARTS_OF_DAY,
        label=_("When can you usually meet?"),
        error_messages={"required": _("Choose at least one time")},
    )
    ways = checkboxes(
        vocabulary.WAYS, label=_("How can you meet?"), error_messages={"required": _("Choose at least one way to meet")}
    )
    languages = checkboxes(
        vocabulary.LANGUAGES,
        label=_("Which languages can you mentor in?"),
        error_messages={"required": _("Choose at least one language")},
    )


class CapacityForm(Form):
    capacity = forms.TypedChoiceField(
        label=_("How many people could you mentor at one time?"),
        help_text=_("Most mentors say 2. You can change this at any time."),
        choices=[(str(count), str(count)) for count in (1, 2, 3, 4)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how many people"), "invalid_choice": _("Choose a number from 1 to 4")},
    )
