"""The frame of every page: the header with its navigation, and the footer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ithaca.tools.design.components import render

ABOUT, PRIVACY, ACCESSIBILITY, MENTORING, SCHEMES = (
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/what-mentoring-is/",
    "/schemes/",
)


def header(
    name: str, path: str, *, signed_in: bool, person: str, csrf_token: Any, desks: Sequence[Mapping[str, str]]
) -> SafeString:
    """Draw the header: `name` is the scheme's, or the service's own. `desks` are more places: {"text", "href"}."""
    if signed_in:
        places = [{"text": _("My mentoring"), "href": reverse("joining:home")}, *desks]
        account: list[dict[str, Any]] = [
            {"text": person or _("Account"), "href": reverse("joining:account"), "icon": True},
            {"html": _sign_out(csrf_token)},
        ]
    else:
        places = [{"text": _("What mentoring is"), "href": MENTORING}]
        account = [
            {"text": _("Sign in"), "href": reverse("account_login"), "icon": True},
        ]
    places.append({"text": _("Schemes"), "href": SCHEMES})
    params = {
        "logo": {"src": static("mark.svg"), "alt": "", "href": "/", "ariaLabel": _("%(name)s, home") % {"name": name}},
        "service": {"text": name, "href": "/"},
        "account": {"items": account, "ariaLabel": _("Account")},
        "navigation": {
            "items": [{**place, "current": place["href"] == path} for place in places],
            "ariaLabel": _("Menu"),
            "toggleMenuText": _("More"),
            "toggleMenuVisuallyHiddenText": _("Browse"),
        },
    }
    return mark_safe(render("header", params))  # noqa: S308 - escaped by the macro


def footer() -> SafeString:
    """Draw the footer: Ithaca's own name and the pages everyone may want."""
    items = [
        {"href": ABOUT, "text": _("About")},
        {"href": PRIVACY, "text": _("Privacy")},
        {"href": ACCESSIBILITY, "text": _("Accessibility")},
    ]
    words = _("Ithaca: mentoring for general practice")
    params = {"meta": {"items": items, "visuallyHiddenTitle": _("Support links")}, "copyright": {"text": words}}
    return mark_safe(render("footer", params))  # noqa: S308 - escaped by the macro


def _sign_out(csrf_token: Any) -> SafeString:
    return mark_safe(get_template("design/sign_out.html").render({"csrf_token": csrf_token}))  # noqa: S308 - a template
