"""The tags that every template of ours has at hand."""

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from ithaca.tools.design import fields
from ithaca.tools.design.components import render

register = template.Library()


@register.simple_tag
def nhs(component: str, params: dict[str, Any] | None = None, /, **more: Any) -> SafeString:
    """Any component of the design system: `{% nhs "tag" text="New" %}`."""
    return mark_safe(render(component, {**(params or {}), **more}))  # noqa: S308 - escaped by the macro


@register.simple_tag
def field(bound: BoundField, size: str = "m") -> SafeString:
    """A form field: `{% field form.name %}`."""
    return fields.field(bound, size=size)


@register.simple_tag
def all_fields(form: BaseForm, size: str = "m") -> SafeString:
    """Every field of a form in its order, the hidden ones too."""
    return mark_safe("".join(fields.field(bound, size=size) for bound in form))  # noqa: S308 - escaped by the macros


@register.simple_tag
def error_summary(*forms: BaseForm) -> SafeString:
    """The box that lists every error: `{% error_summary form %}`; nothing when there is none."""
    return fields.error_summary(*[form for form in forms if form])


@register.simple_tag
def button(text: str, kind: str = "", **more: Any) -> SafeString:
    """A button that sends the form; `kind` is secondary, reverse or warning."""
    params = {"text": text, "preventDoubleClick": True, "attributes": more}
    if kind:
        params["classes"] = f"nhsuk-button--{kind}"
    return mark_safe(render("button", params))  # noqa: S308 - escaped by the macro


@register.simple_tag
def button_link(text: str, href: str, kind: str = "") -> SafeString:
    """A link that looks like a button and leads to the next page."""
    params = {"text": text, "href": href}
    if kind:
        params["classes"] = f"nhsuk-button--{kind}"
    return mark_safe(render("button", params))  # noqa: S308 - escaped by the macro


@register.filter
def day(value: date | datetime | None) -> str:
    """Monday 3 August 2026."""
    if value is None:
        return ""
    return date_format(timezone.localtime(value) if isinstance(value, datetime) else value, "l j F Y")


@register.filter
def clock(value: datetime) -> str:
    """4:30pm; 4pm on the hour."""
    local = timezone.localtime(value)
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"
