"""Pages of prose."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from ithaca.publishing.blocks import Prose
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries import schemes, waits
from ithaca.records.schemes.vocabulary import PROFESSIONS

SCHEMES_URL = "/schemes/"


@dataclass(frozen=True, slots=True)
class SchemeCard:
    """What a card says of a scheme."""

    name: str
    summary: str
    url: str


def scheme_cards() -> list[SchemeCard]:
    """Return a card for each open scheme."""
    return [SchemeCard(row.name, row.summary, f"{SCHEMES_URL}{row.slug}/") for row in schemes.open_schemes()]


def _scheme_choices() -> list[tuple[str, str]]:
    return [(scheme.slug, scheme.name) for scheme in schemes.open_schemes()]


class PublicPage(Page):
    """Prose is for everyone: an editor cannot make a page private, as nothing private belongs on one."""

    private_page_options: list[str] = []

    class Meta:
        abstract = True


class HomePage(PublicPage):
    """The way in: what mentoring is, the open schemes, and one clear button."""

    opening = models.CharField(gettext_lazy("opening text"), max_length=300, blank=True)
    body = StreamField(Prose(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("opening"), FieldPanel("body")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["publishing.SchemesPage", "publishing.ProsePage"]
    max_count = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"schemes": scheme_cards(), "schemes_url": SCHEMES_URL}


class SchemesPage(PublicPage):
    """All open schemes."""

    body = StreamField(Prose(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    parent_page_types = ["publishing.HomePage"]
    subpage_types = ["publishing.SchemePage"]
    max_count = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"schemes": scheme_cards()}


class SchemePage(PublicPage):
    """One scheme: an editor's prose, and the facts as the scheme itself has them. Its address is the scheme's."""

    scheme_slug = models.SlugField(gettext_lazy("scheme"), unique=True)
    body = StreamField(Prose(), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("scheme_slug", widget=forms.Select(choices=CallableChoiceIterator(_scheme_choices))),
        FieldPanel("body"),
    ]
    parent_page_types = ["publishing.SchemesPage"]
    subpage_types: list[str] = []

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.scheme_slug
        super().full_clean(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        scheme = schemes.by_slug(self.scheme_slug)
        if scheme is None:
            raise Http404
        own = f"{SCHEMES_URL}{scheme.slug}/"
        user = getattr(request, "user", None)
        known = user is not None and user.is_authenticated
        return context | {
            "scheme": scheme,
            "facts": facts_of(scheme),
            "schemes_url": SCHEMES_URL,
            "ask_url": f"{own}requests/new/" if known else f"{own}ask/",
            "join_url": f"{own}join/" if known else f"{reverse('account_signup')}?next={own}join/",
            "other_help_url": f"{own}other-help/",
            "sign_in_url": f"{reverse('account_login')}?next={own}",
            "sign_up_url": f"{reverse('account_signup')}?next={own}requests/new/",
        }


class ProsePage(PublicPage):
    """Any other page of prose."""

    body = StreamField(Prose(), blank=True)
    shows_updated = models.BooleanField(gettext_lazy("shows when it was updated"), default=False)

    content_panels = [*Page.content_panels, FieldPanel("body"), FieldPanel("shows_updated")]
    parent_page_types = ["publishing.HomePage"]
    subpage_types: list[str] = []


def facts_of(scheme: Scheme) -> list[dict[str, Any]]:
    """Return what anyone may know about a scheme, from its settings, as rows of a summary list."""
    for_whom = [str(PROFESSIONS[code]) for code in scheme.professions if code in PROFESSIONS]
    if scheme.joining == Scheme.Joining.SUBSCRIPTION:
        joining = _("You need to be a subscribing member of %(body)s.") % {"body": scheme.subscriber_body}
    else:
        joining = _("You only need to work in a role that's listed here.")
    if scheme.proposing == Scheme.Proposing.COORDINATOR:
        choosing = _("The coordinator suggests a mentor who suits you, and you decide.")
    else:
        choosing = _("You choose from the mentors who suit you.")
    rows = [(_("Who it's for"), for_whom), (_("To join"), joining), (_("Finding a mentor"), choosing)]
    rows.append((_("How long it takes"), waits_in_words(scheme)))
    if scheme.first_chat:
        rows.append(
            (_("Before you decide"), _("You have a first chat. It's free, and it doesn't commit either of you."))
        )
    if scheme.allowance:
        rows.append((_("Sessions"), _("%(count)d sessions are paid for.") % {"count": scheme.allowance}))
    rows.append((_("Leaving"), _("Either of you can stop at any time. You don't need to give a reason.")))
    return [{"key": key, "value": value} for key, value in rows]


def waits_in_words(scheme: Scheme) -> str | list[str]:
    """Say how many weeks people of each profession waited lately, or that too few were introduced to say."""
    found, said = waits.waits_of(scheme), []
    for code in scheme.professions:
        row = found.get(code)
        if row is not None and row.high_weeks is not None:
            found_for = {"low": row.low_weeks, "high": row.high_weeks, "who": PROFESSIONS.get(code, code)}
            if row.low_weeks and row.low_weeks < row.high_weeks:
                words = _("%(who)s: recently, most people have waited %(low)d to %(high)d weeks for an introduction")
            else:
                words = _("%(who)s: recently, most people have waited up to %(high)d weeks for an introduction")
            said.append(words % found_for)
    if not said:
        return _(
            "We can't say yet, because too few people have been introduced lately. Once you ask, we'll email you often."
        )
    return said
