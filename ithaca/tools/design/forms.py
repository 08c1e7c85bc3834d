"""What every form of ours has: a hidden uuid, so that sending it twice acts once, and plain errors."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class OnceField(forms.UUIDField):
    """The form's own uuid. A lost or mangled one is no reason to lose what was typed: a new one serves."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> uuid.UUID:
        try:
            found = super().clean(value)
        except ValidationError:
            found = None
        return found if isinstance(found, uuid.UUID) else uuid.uuid4()


class Form(forms.Form):
    """A plain form. `once` comes back with the answer; actions pass it to the ledger."""

    once = OnceField(initial=uuid.uuid4, required=False)
    use_required_attribute = False  # the error summary speaks, not the browser's own bubbles

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_unix_lines(data), *args, **kwargs)
        for name, field in self.fields.items():
            _speak_plainly(field, field.label or name.replace("_", " ").capitalize())

    @property
    def form_id(self) -> uuid.UUID:
        """The uuid under which this form's action happens, at most once. Only a valid form has one."""
        found: uuid.UUID = self.cleaned_data["once"]
        return found


def _unix_lines(data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Turn line ends into one character: browsers send two but count one, so a text at the limit would be refused."""
    if not isinstance(data, QueryDict):
        return data
    plain = data.copy()
    for key, values in data.lists():
        plain.setlist(key, [value.replace("\r\n", "\n") if isinstance(value, str) else value for value in values])
    return plain


_PLAIN: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill in “%s”")},
    forms.CharField: {
        "max_length": _("“%s” must be %%(limit_value)d characters or fewer. You've written %%(show_value)d."),
        "min_length": _("“%s” must be %%(limit_value)d characters or more. You've written %%(show_value)d."),
        "null_characters_not_allowed": _("“%s” has a hidden character that we can't save. Type it again."),
    },
    forms.EmailField: {"invalid": _("Enter an email address, like name@example.com")},
    forms.IntegerField: {
        "invalid": _("“%s” must be a whole number, like 12"),
        "min_value": _("“%s” must be %%(limit_value)s or more"),
        "max_value": _("“%s” must be %%(limit_value)s or less"),
    },
    forms.BooleanField: {"required": _("Select “%s” to continue")},
    forms.ChoiceField: {
        "required": _("Choose an answer to “%s”"),
        "invalid_choice": _("Choose one of the answers to “%s”"),
    },
    forms.MultipleChoiceField: {
        "required": _("Choose at least one answer to “%s”"),
        "invalid_choice": _("Choose only from the answers to “%s”"),
        "invalid_list": _("Choose only from the answers to “%s”"),
    },
    forms.FileField: {
        "required": _("Choose a file for “%s”"),
        "missing": _("Choose a file for “%s”"),
        "invalid": _("Choose a file for “%s”"),
        "empty": _("The file is empty. Choose another."),
        "max_length": _("The file's name is too long. Shorten it, then choose the file again."),
    },
}


def _speak_plainly(field: forms.Field, label: Any) -> None:
    """Say which field and what to do, unless the field or its class has a message of its own."""
    stock: dict[str, Any] = {}
    plain: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        own = vars(kind).get("default_error_messages", {})
        stock |= own
        plain = {code: words for code, words in plain.items() if code not in own} | _PLAIN.get(kind, {})
    for code, words in plain.items():
        if str(field.error_messages.get(code, "")) == str(stock.get(code, "")):
            text = str(words)
            field.error_messages[code] = text % str(label).replace("%", "%%") if "%s" in text else text


class DateWidget(forms.MultiWidget):
    """Day, month and year in three boxes, as the design system asks."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([forms.TextInput, forms.TextInput, forms.TextInput], attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, datetime.date):
            return [value.day, value.month, value.year]
        return [None, None, None]


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DateField(forms.MultiValueField):
    """A date typed as day, month and year; a month may be typed by name. Its error says which part is wrong."""

    widget = DateWidget
    default_error_messages = {
        "required": _("Enter a date"),
        "incomplete": _("Enter a day, a month and a year"),
        "invalid": _("Enter a real date, like 27 3 2027"),
        "year": _("The year must have 4 numbers, like 2027"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__([forms.CharField(required=False) for _part in range(3)], **kwargs)

    def clean(self, value: Any) -> datetime.date | None:
        """Return the date, or None if optional and empty. Raises ValidationError with `parts`: the wrong boxes."""
        typed = [str(part or "").strip() for part in value] if isinstance(value, list | tuple) else []
        typed = [*typed, "", "", ""][:3]
        empty = [i for i, part in enumerate(typed) if not part]
        if len(empty) == 3:
            if self.required:
                raise self._wrong("required", [0, 1, 2])
            return None
        if empty:
            raise self._wrong("incomplete", empty)
        day, month, year = _number(typed[0]), _month(typed[1]), _number(typed[2])
        wrong = [i for i, (part, most) in enumerate(((day, 31), (month, 12))) if part is None or not 1 <= part <= most]
        if wrong or year is None:
            raise self._wrong("invalid", wrong or [2])
        if not 1900 <= year <= 2100:
            raise self._wrong("year", [2])
        try:
            return datetime.date(year, month or 0, day or 0)
        except ValueError:
            raise self._wrong("invalid", [0]) from None

    def _wrong(self, code: str, parts: list[int]) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"parts": parts})

    def compress(self, data_list: Any) -> Any:
        return data_list


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 4 else None


def _month(typed: str) -> int | None:
    name = typed[:3].lower()
    return _MONTHS.index(name) + 1 if name in _MONTHS else _number(typed)


Chooser = TypeVar("Chooser", bound=forms.ChoiceField)


def choices(words: Mapping[str, Any], codes: Sequence[str] | None = None) -> list[tuple[str, Any]]:
    """Return a field's choices from a vocabulary: all, or these codes in this order. A word may be (word, hint)."""
    listed = codes if codes is not None else list(words)
    return [(code, words[code][0] if isinstance(words[code], tuple) else words[code]) for code in listed]


def radios(
    words: Mapping[str, Any],
    codes: Sequence[str] | None = None,
    *,
    hints: Mapping[str, Any] | None = None,
    reveals: Mapping[str, str] | None = None,
    **kwargs: Any,
) -> forms.ChoiceField:
    """Make a field to choose one from a vocabulary. `hints` by code; `reveals`: code → field shown under it."""
    found = forms.ChoiceField(choices=choices(words, codes), widget=forms.RadioSelect, **kwargs)
    return _furnished(found, words, hints, reveals)


def checkboxes(
    words: Mapping[str, Any],
    codes: Sequence[str] | None = None,
    *,
    hints: Mapping[str, Any] | None = None,
    reveals: Mapping[str, str] | None = None,
    **kwargs: Any,
) -> forms.MultipleChoiceField:
    """Make a field to choose any from a vocabulary; otherwise as `radios`."""
    found = forms.MultipleChoiceField(choices=choices(words, codes), widget=forms.CheckboxSelectMultiple, **kwargs)
    return _furnished(found, words, hints, reveals)


class Grid(forms.CheckboxSelectMultiple):
    """Checkboxes in a table: a row for each of `rows`, a column for each of `columns`; a choice is `row-column`."""

    def __init__(self, rows: Mapping[str, Any], columns: Mapping[str, Any]) -> None:
        super().__init__()
        self.rows, self.columns = dict(rows), dict(columns)


def grid(
    words: Mapping[str, Any], rows: Mapping[str, Any], columns: Mapping[str, Any], **kwargs: Any
) -> forms.MultipleChoiceField:
    """Make a field to choose any from a table of choices, whose codes in `words` are `row-column`."""
    return forms.MultipleChoiceField(choices=choices(words), widget=Grid(rows, columns), **kwargs)


def _furnished(found: Chooser, words: Mapping[str, Any], hints: Any, reveals: Any) -> Chooser:
    own = {code: word[1] for code, word in words.items() if isinstance(word, tuple)}
    found.hints = own | dict(hints or {})  # type: ignore[attr-defined]  # read by design.fields
    found.reveals = dict(reveals or {})  # type: ignore[attr-defined]  # read by design.fields
    return found
