"""allauth's elements, drawn by the design system."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from ithaca.tools.design.components import render

register = template.Library()

_QUIET = {"secondary", "outline", "cancel", "link", "minor"}
_GRAVE = {"danger", "delete"}


@register.simple_tag
def element_button(attrs: Mapping[str, Any], label: str) -> SafeString:
    """Draw a button, or a link that looks like one. allauth's `tags` say how important it is."""
    tags = set(attrs.get("tags") or ())
    params: dict[str, Any] = {name: attrs.get(name) for name in ("href", "id", "name", "value")}
    params["variant"] = "warning" if tags & _GRAVE else "secondary" if tags & _QUIET else ""
    params["html"] = label
    if not attrs.get("href"):
        params["type"] = attrs.get("type") or "submit"
    if attrs.get("form"):
        params["attributes"] = {"form": attrs["form"]}
    return mark_safe(render("button", params))  # noqa: S308 - drawn by the macro


@register.simple_tag
def element_field(attrs: Mapping[str, Any], label: str, value: str = "", hint: str = "") -> SafeString:
    """Draw a single box that belongs to no form field."""
    params: dict[str, Any] = {name: attrs.get(name) for name in ("id", "name", "rows", "autocomplete")}
    params |= {"label": {"html": label}, "value": attrs.get("value") or value}
    params["attributes"] = {
        name: {"value": bool(attrs.get(name)), "optional": True} for name in ("disabled", "readonly")
    }
    if hint:
        params["hint"] = {"html": hint}
    kind = attrs.get("type") or "text"
    if kind == "textarea":
        return mark_safe(render("textarea", params))  # noqa: S308 - drawn by the macro
    if kind in ("radio", "checkbox"):
        item = {
            "id": attrs.get("id"),
            "value": attrs.get("value") or "on",
            "html": label,
            "checked": bool(attrs.get("checked")),
        }
        group = {"name": attrs.get("name") or attrs.get("id"), "items": [item]}
        return mark_safe(render({"radio": "radios", "checkbox": "checkboxes"}[kind], group))  # noqa: S308 - drawn by the macro
    return mark_safe(render("input", params | {"type": kind}))  # noqa: S308 - drawn by the macro
