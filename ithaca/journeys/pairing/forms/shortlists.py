"""Choosing a mentor, or up to three in an order."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.tools.design.forms import Form


class ChooseForm(Form):
    """One of the mentors on the page."""

    standing = forms.UUIDField(widget=forms.HiddenInput)


class ShortlistForm(Form):
    """Up to three of the mentors on the page, in an order."""

    first = forms.ChoiceField(label=_("First choice"))
    second = forms.ChoiceField(label=_("If they can't, your second choice"), required=False)
    third = forms.ChoiceField(label=_("If they can't, your third choice"), required=False)

    def __init__(self, *args: Any, mentors: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a mentor")), *((str(standing), name) for standing, name in mentors)]
        for name in ("first", "second", "third"):
            if name in self.fields:
                cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Each mentor once; an order with a gap closes up."""
        found: dict[str, Any] = super().clean() or {}
        said = [name for name in ("first", "second", "third") if found.get(name)]
        for place, name in enumerate(said):
            if found[name] in [found[before] for before in said[:place]]:
                self.add_error(name, _("Choose each mentor once"))
        return found

    @property
    def standings(self) -> list[UUID]:
        """The mentors in their order, of a valid form."""
        return [UUID(self.cleaned_data[name]) for name in self.fields if name != "once" and self.cleaned_data[name]]


class NextOnShortlistForm(ShortlistForm):
    """Who comes next, if the introduction under way does not go ahead; both empty: nobody."""

    first = None  # type: ignore[assignment]  # Django's way of leaving a parent's field out
    second = forms.ChoiceField(label=_("Who to ask next"), required=False)
    third = forms.ChoiceField(label=_("And after them"), required=False)
