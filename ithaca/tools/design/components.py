"""The official NHS.UK frontend macros, callable from Django templates, so that no component markup is written here."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader
from markupsafe import Markup

Macro = Callable[[Mapping[str, Any]], Markup]


@cache
def _environment() -> Environment:
    # auto_reload would look at the disk for every component of every page
    return Environment(
        undefined=ChainableUndefined,
        autoescape=True,
        auto_reload=False,
        loader=PackageLoader("nhsuk_frontend_jinja"),
    )


@cache
def _macro(component: str) -> Macro:
    module = _environment().get_template(f"nhsuk/components/{component}/macro.jinja").module
    head, *rest = component.split("-")
    name = {"tables": "table", "images": "image"}.get(component, head + "".join(word.title() for word in rest))
    macro: Macro = getattr(module, name)
    return macro


def render(component: str, params: Mapping[str, Any]) -> Markup:
    """Render one component, by the name of its folder in the design system, with its macro's parameters."""
    return _macro(component)(params)
