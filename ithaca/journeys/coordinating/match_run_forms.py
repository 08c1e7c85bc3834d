"""What is filled in on the match board."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.tools.design.forms import Form

KINDS = ("fixed", "forbidden", "swapped")
Choices = Iterable[tuple[str, Any]]


class Begin(Form):
    """Which match was on the page, if any: whoever asks for a new one at the same moment as a colleague gets theirs."""

    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)


class Find(Form):
    """A name to search for. It is sent as a form, so that no name appears in an address."""

    called = forms.CharField(label=_("Find someone who's waiting, by name"), max_length=80)


class Seen(Form):
    """The version of the match that was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Tick(Seen):
    """The requests whose mentors are to be proposed: those ticked, or everyone on the board."""

    everyone = forms.BooleanField(required=False)
    ticked = forms.MultipleChoiceField(
        required=False,
        error_messages={"invalid_choice": _("Someone you selected is no longer on the board. Select them again.")},
    )

    def __init__(self, *args: Any, on_board: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["ticked"]).choices = [(one, one) for one in on_board]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if "ticked" not in self.errors and not found.get("ticked") and not found.get("everyone"):
            self.add_error("ticked", _("Select at least one match"))
        return found


class Choose(Form):
    """Another mentor, or another mentee to swap with."""

    whom = forms.ChoiceField(error_messages={"required": _("Choose someone"), "invalid_choice": _("Choose someone")})

    def __init__(self, *args: Any, label: Any = "", choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["whom"])
        field.label, field.choices = label, [("", _("Choose")), *choices]


class Keep(Seen):
    """A change, as it stood on the page that told what follows."""

    kind = forms.ChoiceField(
        choices=[(kind, kind) for kind in ("fixed", "forbidden", "swapped")], widget=forms.HiddenInput
    )
    whom = forms.UUIDField(widget=forms.HiddenInput)


class Undo(Seen):
    """A change to take back out."""

    change = forms.UUIDField(widget=forms.HiddenInput)
