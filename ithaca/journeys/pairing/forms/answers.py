"""The pages of a request: one question on each, in this order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.pairing.forms.cautions import NO_PATIENTS
from ithaca.journeys.pairing.words import nearness, words_for
from ithaca.records.mentorships.rules.answers import Answers
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import (
    LANGUAGES,
    PARTS_OF_DAY,
    REASONS,
    ROLES,
    SLOTS,
    TOPICS,
    WAYS,
    WORKING_DAYS,
)
from ithaca.tools.design.forms import Form, checkboxes, grid, radios

Shown = list[str]
NEAR = {"any": _("It doesn't matter"), "near": _("Close by"), "away": _("Away from where I work")}
_NEAR = {"any": None, "near": True, "away": False}


@dataclass(frozen=True)
class Page:
    """One page: its slug, its heading, what it asks, and how its answers are shown and kept.

    `fields` makes the form's fields for a scheme. A page `alone` has one field, whose label is the page's heading.
    """

    slug: str
    title: Promise
    fields: Callable[[Scheme], dict[str, forms.Field]]
    shown: Callable[[Answers], Shown]
    alone: bool = True


def form_of(page: Page, scheme: Scheme) -> type[Form]:
    """Return the form of a page, with the version of the request that the person saw."""
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    return type("AnswersForm", (Form,), {**page.fields(scheme), "version": version})


def initial(answers: Answers) -> dict[str, Any]:
    """Return the answers as the forms have them."""
    near = {value: code for code, value in _NEAR.items()}[answers.wants_near]
    codes = {
        name: list(getattr(answers, name)) for name in ("reasons", "roles", "topics", "slots", "ways", "languages")
    }
    return {**codes, "languages": codes["languages"] or ["en"], "wants_near": near}


def changes(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Return what a page's form says, as fields of `Answers`."""
    said: dict[str, Any] = {name: tuple(value) for name, value in cleaned.items() if isinstance(value, list)}
    if "wants_near" in cleaned:
        said["wants_near"] = _NEAR[cleaned["wants_near"] or "any"]
    return said


PAGES = (
    Page(
        "reasons",
        _("What brings you?"),
        lambda scheme: {
            "reasons": checkboxes(REASONS, label=_("What brings you?"), help_text=_("Choose all that apply."))
        },
        lambda answers: words_for(REASONS, answers.reasons),
    ),
    Page(
        "roles",
        _("What would you like a mentor to be for you?"),
        lambda scheme: {
            "roles": checkboxes(
                ROLES,
                label=_("What would you like a mentor to be for you?"),
                help_text=_("Choose the ones you'd like most. If you're not sure, leave this empty."),
                required=False,
            )
        },
        lambda answers: words_for(ROLES, answers.roles),
    ),
    Page(
        "topics",
        _("What would you like to talk about?"),
        lambda scheme: {
            "topics": checkboxes(
                TOPICS,
                [code for code in scheme.topics if code in TOPICS],
                label=_("What would you like to talk about?"),
                help_text=_("Choose all that apply, or none."),
                required=False,
            )
        },
        lambda answers: words_for(TOPICS, answers.topics),
    ),
    Page(
        "times",
        _("When could you meet?"),
        lambda scheme: {
            "slots": grid(
                SLOTS,
                WORKING_DAYS,
                PARTS_OF_DAY,
                label=_("When could you meet?"),
                help_text=_("Choose all that usually suit you. If it varies, leave this empty."),
                required=False,
            )
        },
        lambda answers: words_for(SLOTS, answers.slots),
    ),
    Page(
        "ways",
        _("How and where would you like to meet?"),
        lambda scheme: {
            "ways": checkboxes(WAYS, label=_("How would you like to meet?"), required=False),
            "wants_near": radios(
                NEAR,
                label=_("Where should your mentor work?"),
                help_text=_("It's never someone from your own practice."),
                required=False,
            ),
        },
        lambda answers: [*words_for(WAYS, answers.ways), nearness(answers)],
        alone=False,
    ),
    Page(
        "languages",
        _("Which languages could you talk in?"),
        lambda scheme: {
            "languages": checkboxes(LANGUAGES, label=_("Which languages could you talk in?"), required=False)
        },
        lambda answers: words_for(LANGUAGES, answers.languages),
    ),
)
STORY = "story"
PEOPLE = "people"


class StoryForm(Form):
    """The story in one's own words."""

    story = forms.CharField(
        label=_("What would you like your mentor to know?"),
        help_text=format_lazy("{} {}", _("You can leave this empty."), NO_PATIENTS),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


ORDER = (*(page.slug for page in PAGES), STORY, PEOPLE)


def page_called(slug: str) -> Page | None:
    return next((page for page in PAGES if page.slug == slug), None)


def after(slug: str) -> str | None:
    """Return the page that follows; None after the last."""
    place = ORDER.index(slug) + 1
    return ORDER[place] if place < len(ORDER) else None


def before(slug: str) -> str | None:
    """Return the page before; None before the first."""
    place = ORDER.index(slug)
    return ORDER[place - 1] if place else None
