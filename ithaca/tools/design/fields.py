"""A Django form field drawn by the design system: the bound field becomes the parameters of a macro."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ithaca.tools.design.components import render

_ATTRIBUTES_OF_PARAMS = {"autocomplete", "class", "rows", "maxlength", "required", "aria-describedby", "aria-invalid"}


def field(bound: BoundField, *, size: str = "m") -> SafeString:
    """Draw one field with its label, hint and error. `size` is the label's: s, m, l or xl."""
    widget = bound.field.widget
    if bound.is_hidden:
        return bound.as_widget()
    if isinstance(widget, forms.CheckboxInput):
        return _checkbox(bound)
    if isinstance(widget, forms.SplitDateTimeWidget | forms.SelectDateWidget):
        raise TypeError("use design.forms.DateField")
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _choices(bound, size)
    params = _common(bound) | {"label": {"text": str(bound.label), "size": size}}
    if isinstance(widget, forms.Select):
        return mark_safe(render("select", params | {"items": list(_items(bound))}))  # noqa: S308 - escaped by the macro
    if isinstance(widget, forms.Textarea):
        return _textarea(bound, params)
    if isinstance(widget, forms.FileInput):
        return mark_safe(render("file-upload", params))  # noqa: S308 - escaped by the macro
    if isinstance(widget, forms.MultiWidget):
        return _date(bound, size)
    component = "password-input" if isinstance(widget, forms.PasswordInput) else "input"
    value = widget.format_value(bound.value())
    return mark_safe(  # noqa: S308 - escaped by the macro
        render(
            component,
            params
            | {
                "type": getattr(widget, "input_type", "text"),
                "value": "" if value is None or component == "password-input" else str(value),
                "autocomplete": widget.attrs.get("autocomplete"),
                "classes": widget.attrs.get("class", ""),
            },
        )
    )


def error_summary(*form_list: forms.BaseForm) -> SafeString:
    """Draw the box that lists every error, each linked to its field."""
    rows: list[dict[str, str]] = []
    for form in form_list:
        rows += [{"text": str(error)} for error in form.non_field_errors()]
        rows += [{"text": str(bound.errors[0]), "href": f"#{_focus_id(bound)}"} for bound in form if bound.errors]
    if not rows:
        return mark_safe("")
    return mark_safe(render("error-summary", {"titleText": _("There is a problem"), "errorList": rows}))  # noqa: S308 - escaped by the macro


def _focus_id(bound: BoundField) -> str:
    """The first input of a group carries the group's id in the design system; a date's is its day."""
    return f"{bound.auto_id}_0" if isinstance(bound.field.widget, forms.MultiWidget) else bound.auto_id


def _common(bound: BoundField) -> dict[str, Any]:
    attributes = {k: v for k, v in bound.field.widget.attrs.items() if k not in _ATTRIBUTES_OF_PARAMS}
    params: dict[str, Any] = {"id": bound.auto_id, "name": bound.html_name, "attributes": attributes}
    if bound.help_text:
        params["hint"] = {"html": str(conditional_escape(bound.help_text))}
    if bound.errors:
        params["errorMessage"] = {"text": str(bound.errors[0])}
    return params


def _selected(bound: BoundField) -> set[str]:
    value = bound.value()
    values: Iterable[Any] = value if isinstance(value, list | tuple | set | frozenset) else [value]
    return {str(item) for item in values if item is not None}


def _items(bound: BoundField) -> Iterator[dict[str, Any]]:
    chosen = _selected(bound)
    hints: dict[str, str] = getattr(bound.field, "hints", {})
    for value, label in bound.field.widget.choices:  # type: ignore[attr-defined]  # only choice widgets come here
        item: dict[str, Any] = {"value": str(value), "text": str(label)}
        item["checked"] = item["selected"] = str(value) in chosen
        if hint := hints.get(str(value)):
            item["hint"] = {"text": str(hint)}
        yield item


def _choices(bound: BoundField, size: str) -> SafeString:
    params = _common(bound)
    component = "radios" if isinstance(bound.field.widget, forms.RadioSelect) else "checkboxes"
    params |= {
        "idPrefix": params.pop("id"),
        "fieldset": {"legend": {"text": str(bound.label), "size": size}},
        "items": [item for item in _items(bound) if item["value"] or component == "checkboxes"],
    }
    return mark_safe(render(component, params))  # noqa: S308 - escaped by the macro


def _checkbox(bound: BoundField) -> SafeString:
    params = _common(bound)
    item: dict[str, Any] = {"value": "on", "text": str(bound.label), "checked": bool(bound.value())}
    if "hint" in params:
        item["hint"] = params.pop("hint")
    return mark_safe(render("checkboxes", params | {"idPrefix": params.pop("id"), "items": [item]}))  # noqa: S308 - escaped by the macro


def _textarea(bound: BoundField, params: dict[str, Any]) -> SafeString:
    params |= {"value": bound.value() or "", "rows": bound.field.widget.attrs.get("rows", 5)}
    most = getattr(bound.field, "max_length", None)
    if most:
        return mark_safe(render("character-count", params | {"maxlength": most, "threshold": 75}))  # noqa: S308 - escaped by the macro
    return mark_safe(render("textarea", params))  # noqa: S308 - escaped by the macro


def _date(bound: BoundField, size: str) -> SafeString:
    values = bound.value()
    if not isinstance(values, list | tuple):
        values = bound.field.widget.decompress(values)  # type: ignore[attr-defined]  # a MultiWidget
    params = _common(bound)
    error = "nhsuk-input--error " if bound.errors else ""
    parts = ((_("Day"), 2), (_("Month"), 2), (_("Year"), 4))
    params |= {
        "fieldset": {"legend": {"text": str(bound.label), "size": size}},
        "items": [
            {
                "id": f"{bound.auto_id}_{i}",
                "name": f"{bound.html_name}_{i}",
                "label": label,
                "classes": f"{error}nhsuk-input--width-{width}",
                "value": str(value) if value is not None else "",
            }
            for i, ((label, width), value) in enumerate(zip(parts, values, strict=False))
        ],
    }
    return mark_safe(render("date-input", params))  # noqa: S308 - escaped by the macro
