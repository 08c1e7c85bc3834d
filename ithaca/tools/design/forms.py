"""What every form of ours has: a hidden uuid, so that pressing a button twice does the thing once."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class Form(forms.Form):
    """A plain form. `once` comes back with the answer; actions pass it to the ledger."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
    use_required_attribute = False  # the error summary speaks, not the browser's own bubbles

    def clean_once(self) -> uuid.UUID:
        """A lost or mangled uuid is no reason to lose what was typed: a new one serves."""
        return self.cleaned_data.get("once") or uuid.uuid4()

    @property
    def form_id(self) -> uuid.UUID:
        found: uuid.UUID = self.cleaned_data["once"]
        return found


class DateWidget(forms.MultiWidget):
    """Day, month and year in three boxes, as the design system asks."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([forms.NumberInput, forms.NumberInput, forms.NumberInput], attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, datetime.date):
            return [value.day, value.month, value.year]
        return [None, None, None]


class DateField(forms.MultiValueField):
    """A date typed as day, month and year. Its error says which part is missing."""

    widget = DateWidget
    default_error_messages = {
        "required": _("Enter a date"),
        "incomplete": _("Enter a day, a month and a year"),
        "invalid": _("Enter a real date, like 27 3 2027"),
    }

    def __init__(self, **kwargs: Any) -> None:
        parts = [
            forms.IntegerField(min_value=1, max_value=31),
            forms.IntegerField(min_value=1, max_value=12),
            forms.IntegerField(min_value=1900, max_value=2100),
        ]
        super().__init__(parts, **kwargs)

    def clean(self, value: Any) -> datetime.date | None:
        values: Sequence[Any] = value if isinstance(value, list | tuple) else [None, None, None]
        given = [part for part in values if part not in (None, "")]
        if not given and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if not given:
            return None
        if len(given) < 3:
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        try:
            return datetime.date(int(values[2]), int(values[1]), int(values[0]))
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def compress(self, data_list: Any) -> Any:
        return data_list


def choices(words: Mapping[str, Any], codes: Sequence[str] | None = None) -> list[tuple[str, Any]]:
    """Choices of a field from a vocabulary: all of it, or these codes in this order."""
    return [(code, words[code]) for code in (codes if codes is not None else words)]
