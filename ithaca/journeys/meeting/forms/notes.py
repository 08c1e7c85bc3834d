"""Forms for notes: writing one, and changing it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.meeting.forms.attachments import WithFilesForm, too_many
from ithaca.journeys.meeting.forms.cautious import LONGEST_MESSAGE, NO_PATIENTS
from ithaca.journeys.meeting.forms.versioned import VersionedForm
from ithaca.records.mentorships.rules import maps
from ithaca.records.mentorships.writing.actions.attachments import MOST, made_by
from ithaca.records.mentorships.writing.queries.attachments import File


class NoteForm(WithFilesForm):
    """A note. Unless the page said that it is for both, it is its author's alone."""

    text = forms.CharField(
        label=_("Your note"),
        help_text=NO_PATIENTS,
        max_length=LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write your note first")},
    )
    whose = forms.CharField(widget=forms.HiddenInput, required=False)
    place = forms.CharField(widget=forms.HiddenInput, required=False)
    experience = forms.BooleanField(
        label=_("This is something I did"),
        help_text=_("Ask first. Then share it if they'd like you to. We'll show it as what you did."),
        required=False,
    )

    def clean_place(self) -> str:
        """Where it stands; a lost or mangled place is no reason to lose what was typed."""
        place: str = self.cleaned_data["place"]
        return place if maps.is_place(place) else ""

    @property
    def alone(self) -> bool:
        """Say whether it is for its author alone."""
        return str(self["whose"].value() or "") != "both"


class NoteChangeForm(NoteForm, VersionedForm):
    """Other words for a note, by one who saw its `version`; `attached` are the files it has."""

    without = forms.MultipleChoiceField(label=_("Remove files"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, attached: Sequence[File] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.attached = attached
        without = self.fields["without"]
        if isinstance(without, forms.ChoiceField):
            without.choices = [(str(file.pk), file.name) for file in attached]

    def has_files(self) -> bool:
        """Say whether there are files beside the words, once those that shall go are gone."""
        return self._count() > 0

    def clean(self) -> None:
        """There is something to keep, and no more files than a note holds."""
        super().clean()
        if not self.errors and self._count() > MOST:
            self.add_error("enclosed", too_many(self._count()))

    def _count(self) -> int:
        """How many files there will be; those that this very form has added before count once."""
        gone = {UUID(pk) for pk in self.cleaned_data.get("without", ())} | made_by(self.form_id)
        return len({file.pk for file in self.attached} - gone) + len(self.cleaned_data["enclosed"])
