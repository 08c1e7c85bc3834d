"""The frame of every page: the header with its navigation, and the footer."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ithaca import __version__
from ithaca.tools.design.components import render

ABOUT, PRIVACY, ACCESSIBILITY, MENTORING, SCHEMES = (
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/what-mentoring-is/",
    "/schemes/",
)

Place = Mapping[str, Any]
_GAP = "here-stands-the-request-s-own"


def header(
    name: str, path: str, *, signed_in: bool, person: str, csrf_token: Any, desks: Sequence[Place]
) -> SafeString:
    """Draw the header: `name` is the scheme's, or the service's own. `desks` are more places: {"text", "href"}."""
    fixed = _fixed(get_language(), signed_in)
    account: list[dict[str, Any]] = [{**fixed["account"], "icon": True}]
    if signed_in:
        account[0]["text"] = person or fixed["account"]["text"]
        account.append({"html": mark_safe(fixed["sign_out"].replace(_GAP, escape(csrf_token)))})  # noqa: S308 - escaped
    params = {
        "logo": {"src": fixed["mark"], "alt": "", "href": "/", "ariaLabel": fixed["home"] % {"name": name}},
        "service": {"text": name, "href": "/"},
        "account": {"items": account, "ariaLabel": fixed["account_label"]},
        "navigation": fixed["navigation"]
        | {"items": [{**place, "current": place["href"] == path} for place in (*fixed["places"], *desks)]},
    }
    return mark_safe(render("header", params))  # noqa: S308 - escaped by the macro


@cache
def _fixed(language: str, signed_in: bool) -> dict[str, Any]:
    """Return what a header always says: its words and addresses, looked up once for each language."""
    schemes = {"text": _("Schemes"), "href": SCHEMES}
    if signed_in:
        account = {"text": _("Account"), "href": reverse("joining:account")}
        places = [{"text": _("My mentoring"), "href": reverse("joining:home")}, schemes]
    else:
        account = {"text": _("Sign in"), "href": reverse("account_login")}
        places = [{"text": _("What mentoring is"), "href": MENTORING}, schemes]
    return {
        "places": places,
        "account": account,
        "account_label": _("Account"),
        "home": _("%(name)s, home"),
        "mark": static("mark.svg"),
        "sign_out": get_template("design/sign_out.html").render({"csrf_token": _GAP}),
        "navigation": {
            "ariaLabel": _("Menu"),
            "toggleMenuText": _("More"),
            "toggleMenuVisuallyHiddenText": _("Browse"),
        },
    }


def footer() -> SafeString:
    """Draw the footer: the pages everyone may want, and Ithaca's name and version."""
    return _footer(get_language())


@cache
def _footer(language: str) -> SafeString:
    items = [
        {"href": ABOUT, "text": _("About")},
        {"href": PRIVACY, "text": _("Privacy")},
        {"href": ACCESSIBILITY, "text": _("Accessibility")},
    ]
    words = _("Ithaca %(version)s: mentoring for general practice") % {"version": __version__}
    params = {"meta": {"items": items, "visuallyHiddenTitle": _("Support links")}, "copyright": {"text": words}}
    return mark_safe(render("footer", params))  # noqa: S308 - escaped by the macro
