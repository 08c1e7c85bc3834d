"""A Django form field drawn by the design system: the bound field becomes the parameters of a macro.

Three things a form field of ours may carry besides Django's own:
`hints` (value → hint of that choice), `reveals` (value → name of the field shown when it is chosen), and the widget's
attributes `class`, `autocomplete`, `inputmode`, `spellcheck` and `rows`, which the macros know.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ithaca.tools.design.components import render
from ithaca.tools.design.forms import Grid

_ASKED_BY_MACRO = ("autocomplete", "inputmode", "spellcheck", "autocapitalize", "pattern")
_ELSEWHERE = {
    "class",
    "rows",
    "cols",
    "maxlength",
    "required",
    "placeholder",
    "step",
    "min",
    "max",
    "aria-describedby",
    "aria-invalid",
    "type",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a field's label is drawn: its size (s, m, l or xl), as the page's h1 or not; and a line above the hint."""

    size: str = "m"
    heading: bool = False
    lead: str = ""

    def label(self, bound: BoundField) -> dict[str, Any]:
        return {"text": str(bound.label), "size": self.size, "isPageHeading": self.heading}


def field(bound: BoundField, look: Look | None = None) -> SafeString:
    """Draw one field with its label, hint and error."""
    look = look or Look()
    widget = bound.field.widget
    if bound.is_hidden:
        return bound.as_widget()
    if isinstance(widget, forms.CheckboxInput):
        return _checkbox(bound, look)
    if isinstance(widget, Grid):
        return _grid(bound, widget, look)
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _choices(bound, look)
    if isinstance(widget, forms.MultiWidget):
        return _date(bound, look)
    params = _told(bound, look) | {
        "id": bound.auto_id,
        "label": look.label(bound),
        "classes": widget.attrs.get("class", ""),
    }
    if isinstance(widget, forms.Select):
        return _draw("select", params | {"items": list(_items(bound))})
    if isinstance(widget, forms.Textarea):
        return _textarea(bound, params)
    if isinstance(widget, forms.FileInput):
        return _draw("file-upload", params | _file_words(many="multiple" in widget.attrs))
    if isinstance(widget, forms.PasswordInput):
        return _draw("password-input", params | _password_words())
    return _draw("input", _numeric(bound) | params | {"value": _typed(widget.format_value(bound.value()))})


def all_fields(form: forms.BaseForm, look: Look | None = None) -> SafeString:
    """Draw every field in its order, the hidden ones too, and each revealed field inside the choice that reveals it."""
    revealed = {name for item in form.fields.values() for name in getattr(item, "reveals", {}).values()}
    return mark_safe("".join(field(bound, look) for bound in form if bound.name not in revealed))  # noqa: S308 - drawn by the macros


def error_summary(*form_list: forms.BaseForm) -> SafeString:
    """Draw the box that lists every error, each linked to the input that needs correcting."""
    rows: list[dict[str, str]] = []
    for form in form_list:
        rows += [{"text": str(error)} for error in form.non_field_errors()]
        for bound in form:
            if bound.errors:
                link = {} if bound.is_hidden else {"href": f"#{_wanting(bound)}"}
                rows.append({"text": _error(bound)} | link)
    return _draw("error-summary", {"titleText": _("There is a problem"), "errorList": rows}) if rows else mark_safe("")


def _draw(component: str, params: dict[str, Any]) -> SafeString:
    return mark_safe(render(component, params))  # noqa: S308 - escaped by the macro


def _error(bound: BoundField) -> str:
    """Return the first error. Forms that aren't ours only say "required", so name the field."""
    error = bound.errors.as_data()[0]
    if error.code == "required" and error.message == forms.Field.default_error_messages["required"]:
        return _("Fill in “%(label)s”") % {"label": bound.label}
    return str(bound.errors[0])


def _wanting(bound: BoundField) -> str:
    """Return the id of the input to correct: of a date its wrong part, of a group its first choice."""
    if isinstance(bound.field.widget, forms.MultiWidget):
        return f"{bound.auto_id}_{wrong_parts(bound)[0]}"
    return bound.auto_id


def wrong_parts(bound: BoundField) -> list[int]:
    """Return which boxes of a field are wrong, counting from 0. All of them if the error names none."""
    found = [
        part
        for error in bound.form.errors.as_data().get(bound.name, [])
        for part in (error.params or {}).get("parts", [])
    ]
    return found or list(range(len(bound.field.widget.widgets)))


def _told(bound: BoundField, look: Look) -> dict[str, Any]:
    """Return what every macro needs: name, hint, error, and the widget's own attributes."""
    given = {name: value for name, value in bound.field.widget.attrs.items() if value is not None}
    told: dict[str, Any] = {name: given.pop(name) for name in _ASKED_BY_MACRO if name in given}
    if "aria-describedby" in given:
        told["describedBy"] = given["aria-describedby"]
    told |= {
        "name": bound.html_name,
        "attributes": {k: v for k, v in given.items() if k not in _ELSEWHERE and v is not False},
    }
    hint = look.lead + str(conditional_escape(bound.help_text))
    if hint:
        told["hint"] = {"html": mark_safe(hint)}  # noqa: S308 - escaped here and by the caller
    if bound.errors:
        told["errorMessage"] = {"text": _error(bound), "visuallyHiddenText": _("Error")}
    return told


def _typed(value: Any) -> str:
    """Return what was typed, as a page can show it."""
    return "" if value is None else str(value).replace("\x00", "")


def _numeric(bound: BoundField) -> dict[str, Any]:
    """Return the type of box. Numbers get a text box, because scrolling a number box changes what was typed."""
    kind = bound.field.widget.attrs.get("type") or getattr(bound.field.widget, "input_type", "text")
    if kind == "number":
        return {
            "type": "text",
            "inputmode": "numeric" if type(bound.field) is forms.IntegerField else "decimal",
            "spellcheck": False,
        }
    return {"type": kind, "spellcheck": False} if kind in ("email", "url", "tel") else {"type": kind}


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    values: Iterable[Any] = value if isinstance(value, list | tuple | set | frozenset) else [value]
    return {str(item) for item in values if item is not None}


def _items(bound: BoundField) -> Iterator[dict[str, Any]]:
    chosen = _chosen(bound)
    hints: dict[str, Any] = getattr(bound.field, "hints", {})
    reveals: dict[str, str] = getattr(bound.field, "reveals", {})
    for value, label in bound.field.widget.choices:
        code = str(value)
        item: dict[str, Any] = {
            "value": code,
            "text": str(label),
            "checked": code in chosen,
            "selected": code in chosen,
        }
        if code in hints:
            item["hint"] = {"text": str(hints[code])}
        if code in reveals:
            item["conditional"] = {"html": field(bound.form[reveals[code]], Look(size="s"))}
        yield item


def _choices(bound: BoundField, look: Look) -> SafeString:
    # CheckboxSelectMultiple is a kind of RadioSelect to Django
    many = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
    params = _told(bound, look) | {
        "idPrefix": bound.auto_id,
        "fieldset": {"legend": look.label(bound)},
        "classes": bound.field.widget.attrs.get("class", ""),
        "items": [item for item in _items(bound) if item["value"]],
    }
    return _draw("checkboxes" if many else "radios", params)


def _grid(bound: BoundField, widget: Grid, look: Look) -> SafeString:
    """Draw a table of checkboxes. The first has the field's own id, which the error summary links to."""
    words, chosen = {str(code): word for code, word in widget.choices}, _chosen(bound)
    cells = [
        (row, [{"code": f"{code}-{column}", "word": words[f"{code}-{column}"]} for column in widget.columns])
        for code, row in widget.rows.items()
    ]
    context = {"bound": bound, "look": look, "rows": cells, "columns": widget.columns.values(), "chosen": chosen}
    context |= {"hint": _told(bound, look).get("hint"), "error": _error(bound) if bound.errors else ""}
    return mark_safe(get_template("design/grid.html").render(context))  # noqa: S308 - a template


def _checkbox(bound: BoundField, look: Look) -> SafeString:
    told = _told(bound, look)
    item: dict[str, Any] = {"value": "on", "text": str(bound.label), "checked": bool(bound.value())}
    if "hint" in told:
        item["hint"] = told.pop("hint")
    return _draw("checkboxes", told | {"idPrefix": bound.auto_id, "items": [item]})


def _textarea(bound: BoundField, params: dict[str, Any]) -> SafeString:
    rows = bound.field.widget.attrs.get("rows")
    params |= {"value": _typed(bound.value()), "rows": 5 if rows in (None, "10") else int(rows)}  # "10" is Django's own
    most = getattr(bound.field, "max_length", None)
    if not most:
        return _draw("textarea", params)
    told = {
        "maxlength": most,
        "threshold": 75,
        "textareaDescriptionText": _("You can write up to %(count)s characters.") % {"count": "%{count}"},
        "charactersUnderLimitText": {
            "one": _("You have %(count)s character left") % {"count": "%{count}"},
            "other": _("You have %(count)s characters left") % {"count": "%{count}"},
        },
        "charactersAtLimitText": _("You have no characters left"),
        "charactersOverLimitText": {
            "one": _("You have %(count)s character too many") % {"count": "%{count}"},
            "other": _("You have %(count)s characters too many") % {"count": "%{count}"},
        },
    }
    return _draw("character-count", params | told)


def _date(bound: BoundField, look: Look) -> SafeString:
    values = bound.value()
    if not isinstance(values, list | tuple):
        values = bound.field.widget.decompress(values)
    wrong = wrong_parts(bound) if bound.errors else []
    completes = bound.field.widget.attrs.get("autocomplete", "") == "bday"
    parts = (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))
    params = _told(bound, look) | {
        "id": bound.auto_id,
        "fieldset": {"legend": look.label(bound)},
        "items": [
            {
                "id": f"{bound.auto_id}_{i}",
                "name": f"{bound.html_name}_{i}",
                "label": label,
                "width": width,
                "error": i in wrong,
                "value": _typed(value),
                "autocomplete": f"bday-{part}" if completes else None,
            }
            for i, ((part, label, width), value) in enumerate(zip(parts, values, strict=False))
        ],
    }
    return _draw("date-input", params)


def _password_words() -> dict[str, str]:
    return {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabel": _("Show password"),
        "hidePasswordAriaLabel": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    }


def _file_words(*, many: bool) -> dict[str, Any]:
    return {
        "chooseFilesButtonText": _("Choose files") if many else _("Choose file"),
        "noFileChosenText": _("No file chosen"),
        "multipleFilesChosenText": {"one": _("%{count} file chosen"), "other": _("%{count} files chosen")},
        "dropInstructionText": _("or drop file"),
        "enteredDropZoneText": _("Entered drop zone"),
        "leftDropZoneText": _("Left drop zone"),
    }
