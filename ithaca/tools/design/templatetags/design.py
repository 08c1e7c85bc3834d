"""The tags that every template of ours has at hand."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ithaca.tools.design import fields, frame
from ithaca.tools.design.components import render

register = template.Library()

# The first that a browser names counts: Edge also calls itself Chrome, and Chrome calls itself Safari.
_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox"}
_BROWSERS |= {"FxiOS": "Firefox", "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari"}
_DEVICES = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "CrOS": "ChromeOS"}
_DEVICES |= {"Windows": "Windows", "Mac OS X": "Mac", "Linux": "Linux"}
_ROUTE = re.compile(r"[a-z_]+(:[a-z_]+)?")  # the name of a route; no address looks like this


@register.simple_tag
def nhs(component: str, params: dict[str, Any] | None = None, /, **more: Any) -> SafeString:
    """Draw any component of the design system: `{% nhs "tag" text="New" %}`."""
    return mark_safe(render(component, {**(params or {}), **more}))  # noqa: S308 - escaped by the macro


# --- forms ----------------------------------------------------------------------------------------


@register.simple_tag
def field(
    bound: BoundField, size: str = "m", heading: bool = False, read_by: str = "", sealed: bool = False
) -> SafeString:
    """Draw a form field: `{% field form.name %}`.

    `heading=True` makes its label the page's h1. `read_by="you and your mentor"` says so above the box.
    """
    lead = _read_by(read_by, sealed) if read_by else ""
    return fields.field(bound, fields.Look("l" if heading and size == "m" else size, heading, lead))


@register.simple_tag
def all_fields(form: BaseForm, size: str = "m") -> SafeString:
    """Draw every field of a form in its order, the hidden ones too."""
    return fields.all_fields(form, fields.Look(size))


@register.simple_tag
def error_summary(*forms: BaseForm) -> SafeString:
    """Draw the box that lists every error: `{% error_summary form %}`. Draw nothing if there is none."""
    return fields.error_summary(*[form for form in forms if form])


@register.simple_tag(takes_context=True)
def title_start(context: template.Context) -> str:
    """Write "Error: " if any form on the page has errors, so that a screen reader says so first."""
    wrong = any(_is_wrong(value) for layer in context.dicts for value in layer.values())
    return _("Error: ") if wrong else ""


def _is_wrong(value: Any) -> bool:
    # isinstance would wake every lazy value of the context, the session among them
    return issubclass(type(value), BaseForm | BaseFormSet) and value.is_bound and not value.is_valid()


@register.simple_tag
def button(text: str, kind: str = "", **more: Any) -> SafeString:
    """Draw a button that sends the form. `kind` is secondary, reverse or warning; other names become attributes."""
    return nhs("button", {"text": text, "preventDoubleClick": True, "variant": kind, "attributes": more})


@register.simple_tag
def button_link(text: str, to: str, *args: Any, kind: str = "") -> SafeString:
    """Draw a link as a button: `{% button_link _("Read it") "meeting:agreement" pk %}`, or with an address."""
    return nhs("button", {"text": text, "href": _address(to, args), "variant": kind})


def _address(to: str, args: tuple[Any, ...]) -> str:
    """Return the address of the route named `to`, or `to` itself when it is an address already."""
    return reverse(to, args=args) if args or _ROUTE.fullmatch(to) else to


@register.simple_tag
def read_by(who: str, sealed: bool = False) -> SafeString:
    """Say who reads what is written here: `{% read_by "you and your mentor" sealed=True %}` adds a padlock."""
    return _read_by(who, sealed)


def _read_by(who: str, sealed: bool) -> SafeString:
    return _drawn("read_by", {"who": who, "sealed": sealed})


def _drawn(name: str, context: Mapping[str, Any]) -> SafeString:
    return mark_safe(get_template(f"design/{name}.html").render(dict(context)))  # noqa: S308 - a template


# --- the frame ------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def frame_header(context: template.Context) -> SafeString:
    """Draw the header, with the name of `scheme` if the context has one. `desks` adds places to the navigation."""
    user = context.get("user")
    signed_in = bool(getattr(user, "is_authenticated", False))
    return frame.header(
        getattr(context.get("scheme"), "name", "") or "Ithaca",
        str(context.get("path", "")),
        signed_in=signed_in,
        person=getattr(user, "name", "") if signed_in else "",
        csrf_token=context.get("csrf_token", "") if signed_in else "",
        desks=context.get("desks") or (),
    )


@register.simple_tag
def frame_footer() -> SafeString:
    """Draw the footer."""
    return frame.footer()


# --- finding one's way ----------------------------------------------------------------------------


@register.simple_tag
def back_link(to: str, *args: Any, text: str = "") -> SafeString:
    """Draw the link back that stands above a page, in the block `before_main`.

    `{% back_link "meeting:room" pk text=_("Back to the room") %}`, or with an address: `{% back_link url %}`.
    """
    link = nhs("back-link", {"href": _address(to, args), "text": text or _("Back")})
    return format_html('<nav aria-label="{}">{}</nav>', _("Back"), link)  # a landmark: nothing stands outside of one


@register.simple_tag
def breadcrumbs(*steps: Any) -> SafeString:
    """Draw breadcrumbs from words and addresses in turn: `{% breadcrumbs "Home" "/" "Schemes" url %}`."""
    pairs = zip(steps[::2], steps[1::2], strict=True)
    items = [{"text": text, "href": href} for text, href in pairs]
    return nhs(
        "breadcrumb", {"items": items, "ariaLabel": _("Breadcrumb"), "backLink": {"visuallyHiddenText": _("Back to")}}
    )


@register.simple_tag(takes_context=True)
def pages(context: template.Context, page: Page[Any], name: str = "page") -> SafeString:
    """Draw links to the pages of Django's paginator, or nothing if there is only one. Keep the rest of the query."""
    if not page.has_other_pages():
        return mark_safe("")
    query = context["request"].GET.copy()

    def href(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    items: list[dict[str, Any]] = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            item = {"number": str(number), "href": href(number), "current": number == page.number}
            items.append(item | {"ariaLabel": _("Page %(number)s") % {"number": number}})
        else:
            items.append({"ellipsis": True})
    params: dict[str, Any] = {"items": items, "ariaLabel": _("Pages")}
    if page.has_previous():
        params["previous"] = {"href": href(page.previous_page_number()), "text": _("Previous page")}
    if page.has_next():
        params["next"] = {"href": href(page.next_page_number()), "text": _("Next page")}
    return nhs("pagination", params)


# --- showing --------------------------------------------------------------------------------------


@register.simple_tag
def next_step_card(
    heading: str,
    text: str = "",
    who: str = "",
    by: date | datetime | None = None,
    href: str = "",
    action: str = "",
    about: str = "",
) -> SafeString:
    """Draw the card that says what happens next, who must do it, and by when. `href` and `action` are its button.

    `about` says which of several pairs or schemes it is.
    """
    step = {"heading": heading, "text": text, "who": who, "by": by, "href": href, "action": action or _("Continue")}
    return _drawn("next_step_card", step | {"about": about})


@register.simple_tag
def summary_list(rows: Iterable[Mapping[str, Any]], card: str = "") -> SafeString:
    """Draw answers to check: rows of {"key", "value", "href", "action"}. `href` leads to where one is changed.

    A value may be a list: each on its own line. `card` puts the list into a card of that title.
    """
    params: dict[str, Any] = {"rows": [_summary_row(row) for row in rows]}
    if card:
        params["card"] = {"heading": {"text": card, "level": 2, "size": "m"}}
    return nhs("summary-list", params)


def _summary_row(row: Mapping[str, Any]) -> dict[str, Any]:
    value = row["value"]
    lines = [str(item) for item in value] if isinstance(value, list | tuple) else str(value).split("\n")
    shown = {"text": lines[0]} if len(lines) == 1 else {"html": _drawn("lines", {"lines": lines})}
    found: dict[str, Any] = {"key": {"text": row["key"]}, "value": shown if any(lines) else {"text": _("Not answered")}}
    if row.get("href"):
        item = {"href": row["href"], "text": row.get("action") or _("Change"), "visuallyHiddenText": row["key"]}
        found["actions"] = {"items": [item]}
    return found


TONES = {"yours": "yellow", "waiting": "grey", "going": "blue", "done": "green", "stopped": "red", "": "white"}


@register.simple_tag
def tag(text: str, tone: str = "") -> SafeString:
    """Draw a label for a stage. Tones: yours (you must act), waiting, going, done, stopped."""
    return nhs("tag", {"text": text, "colour": TONES[tone]})


@register.simple_tag
def inset(text: str) -> SafeString:
    """Draw a note set apart from the text."""
    return nhs("inset-text", {"text": text, "visuallyHiddenText": _("Note")})


@register.simple_tag
def warning(heading: str, text: str, level: int = 2) -> SafeString:
    """Draw a warning that must not be missed."""
    return nhs(
        "warning-callout",
        {"heading": heading, "text": text, "headingLevel": level, "visuallyHiddenText": _("Important")},
    )


@register.simple_tag
def details(summary: str, text: str) -> SafeString:
    """Draw more details, closed until they are opened."""
    return nhs("details", {"summaryText": summary, "text": text})


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a day as "Monday 3 August 2026"."""
    if value is None:
        return ""
    return date_format(timezone.localtime(value) if isinstance(value, datetime) else value, "l j F Y")


@register.filter
def clock(value: datetime | None) -> str:
    """Write a time as "4:30pm", or "4pm" on the hour."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


@register.filter
def browser(user_agent: str) -> str:
    """Say which browser somebody uses, and on what: "Chrome on Windows", from what it sends with every request."""
    name = next((name for sign, name in _BROWSERS.items() if sign in user_agent), "")
    device = next((device for sign, device in _DEVICES.items() if sign in user_agent), "")
    if name and device:
        return _("%(browser)s on %(device)s") % {"browser": name, "device": device}
    return name or device or _("A browser we don't recognise")
