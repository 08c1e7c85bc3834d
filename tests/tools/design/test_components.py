"""Filling in the words of a drawn shape gives what the official macro itself would give."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nhsuk_frontend_jinja
import pytest
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape

from ithaca.tools.design import components
from ithaca.tools.design.components import render, render_plainly

Word = Callable[[], str]

SAMPLES: dict[str, Callable[[Word], dict[str, Any]]] = {
    "back-link": lambda word: {"href": word(), "text": word()},
    "breadcrumb": lambda word: {"items": [{"text": word(), "href": word()}, {"text": word(), "href": word()}]},
    "button": lambda word: {"text": word(), "variant": "warning", "attributes": {"name": word(), "value": word()}},
    "card": lambda word: {
        "heading": word(),
        "headingLevel": 3,
        "description": word(),
        "href": word(),
        "clickable": True,
    },
    "character-count": lambda word: {
        "id": word(),
        "name": "story",
        "label": {"text": word()},
        "maxlength": 300,
        "threshold": 75,
        "value": word(),
        "textareaDescriptionText": "Up to %{count} letters",
        "charactersUnderLimitText": {"one": word(), "other": word()},
    },
    "checkboxes": lambda word: {
        "idPrefix": word(),
        "name": "days",
        "values": ["b"],
        "hint": {"html": Markup("<b>%s</b>") % word()},
        "errorMessage": {"text": word()},
        "fieldset": {"legend": {"text": word(), "size": "l", "isPageHeading": True}},
        "items": [{"value": "a", "text": word(), "hint": {"text": word()}}, {"value": "b", "text": word()}],
    },
    "date-input": lambda word: {
        "id": word(),
        "fieldset": {"legend": {"text": word(), "size": "m"}},
        "errorMessage": {"text": word()},
        "items": [
            {"id": word(), "name": "since_0", "label": word(), "value": word(), "width": 2, "error": True},
            {"id": word(), "name": "since_1", "label": word(), "value": word(), "width": 4, "error": False},
        ],
    },
    "details": lambda word: {"summaryText": word(), "text": word()},
    "error-summary": lambda word: {
        "titleText": word(),
        "errorList": [{"text": word(), "href": word()}, {"text": word()}],
    },
    "file-upload": lambda word: {"id": word(), "name": "file", "label": {"text": word()}, "noFileChosenText": word()},
    "footer": lambda word: {"meta": {"items": [{"text": word(), "href": word()}]}, "copyright": {"text": word()}},
    "header": lambda word: {
        "logo": {"src": word(), "alt": "", "href": "/", "ariaLabel": word()},
        "service": {"text": word(), "href": "/"},
        "account": {"items": [{"text": word(), "href": word(), "icon": True}]},
        "navigation": {"items": [{"text": word(), "href": word(), "current": True}]},
    },
    "input": lambda word: {
        "id": word(),
        "name": "name",
        "type": "email",
        "label": {"text": word(), "size": "s"},
        "hint": {"text": word()},
        "errorMessage": {"text": word()},
        "value": word(),
        "autocomplete": word(),
        "classes": "nhsuk-input--width-10",
    },
    "inset-text": lambda word: {"text": word(), "visuallyHiddenText": word()},
    "notification-banner": lambda word: {"variant": "success", "title": word(), "text": word()},
    "pagination": lambda word: {
        "previous": {"href": word(), "text": word()},
        "items": [{"number": word(), "href": word(), "current": True}, {"ellipsis": True}],
    },
    "password-input": lambda word: {"id": word(), "name": "key", "label": {"text": word()}, "showPasswordText": word()},
    "radios": lambda word: {
        "idPrefix": word(),
        "name": "way",
        "value": "b",
        "fieldset": {"legend": {"text": word()}},
        "items": [
            {"value": "a", "text": word(), "conditional": {"html": Markup("<i>%s</i>") % word()}},
            {"value": "b", "text": word(), "hint": {"text": word()}},
        ],
    },
    "select": lambda word: {
        "id": word(),
        "name": "area",
        "label": {"text": word()},
        "items": [{"value": "", "text": word()}, {"value": "n", "text": word(), "selected": True}],
    },
    "skip-link": lambda word: {"href": "#main", "text": word()},
    "summary-list": lambda word: {
        "rows": [
            {"key": {"text": word()}, "value": {"text": word()}},
            {
                "key": {"text": word()},
                "value": {"html": Markup("%s<br>") % word()},
                "actions": {"items": [{"href": word(), "text": word(), "visuallyHiddenText": word()}]},
            },
        ],
        "card": {"heading": {"text": word(), "level": 2, "size": "m"}},
    },
    "tables": lambda word: {
        "caption": word(),
        "responsive": True,
        "head": [{"text": word()}, {"text": word(), "format": "numeric"}],
        "rows": [[{"text": word()}, {"text": word(), "format": "numeric"}]],
    },
    "tag": lambda word: {"text": word(), "colour": "green"},
    "textarea": lambda word: {"id": word(), "name": "story", "label": {"text": word()}, "rows": 8, "value": word()},
    "warning-callout": lambda word: {"heading": word(), "text": word(), "headingLevel": 2},
}


def tight(html: str) -> str:
    """Without white space: the macros indent, and trim what stands at the edges."""
    return re.sub(r"\s+", "", html)


@pytest.mark.parametrize("component", SAMPLES)
@given(
    words=st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Co", "Cc", "Zs", "Zl", "Zp"]), min_size=1), min_size=1
    )
)
@settings(max_examples=25, deadline=None)
def test_every_component_is_drawn_as_its_macro_draws_it(component: str, words: list[str]) -> None:
    turns = iter(words * 40)
    params = SAMPLES[component](lambda: next(turns))
    assert tight(render(component, params)) == tight(render_plainly(component, params))


def test_a_heading_that_says_important_is_not_announced_twice() -> None:
    assert "Important: " not in render("warning-callout", {"heading": "An important step", "text": "Read"})
    assert "Important: " in render("warning-callout", {"heading": "One more step", "text": "Read"})


def test_a_heading_from_a_template_is_shown_once() -> None:
    drawn = render("warning-callout", {"heading": SafeString("One step, safely"), "text": "Read", "headingLevel": 2})
    assert drawn.count("One step, safely") == 1


def test_what_was_written_is_no_part_of_what_is_kept() -> None:
    def drawn(value: str) -> str:
        return render("textarea", {"id": "kept", "name": "kept", "label": {"text": "Story"}, "value": value})

    drawn("first")
    before = components._skeleton.cache_info().currsize
    assert all(secret in drawn(secret) for secret in ("a canary", "another canary", "a third"))
    assert components._skeleton.cache_info().currsize == before, "other words must not make another shape"


def test_new_lines_and_edges_of_what_was_typed_are_kept() -> None:
    typed = "  first\n\n   third  "
    assert f">{typed}</textarea>" in render(
        "textarea", {"id": "a", "name": "a", "label": {"text": "b"}, "value": typed}
    )


@pytest.mark.parametrize("bad", ['"><script>', "'><script>", "<b>", "&copy;"])
def test_words_are_escaped_wherever_they_stand(bad: str) -> None:
    html = render("input", {"id": "i", "name": "n", "label": {"html": bad}, "hint": {"text": bad}, "value": bad})
    assert bad not in html
    assert html.count(str(escape(bad))) == 3


def test_safe_text_cannot_leave_its_attribute() -> None:
    html = render("button", {"text": Markup("<b>Go</b>"), "href": Markup('x" onclick="y')})
    assert "<b>Go</b>" in html
    assert 'onclick="y' not in html


def test_every_word_that_a_macro_compares_is_kept_in_the_shape() -> None:
    """When the design system is renewed: what it compares with words of its own must not become a mark."""
    folder = Path(nhsuk_frontend_jinja.__file__).parent / "templates" / "nhsuk" / "components"
    text = "\n".join(path.read_text() for path in folder.rglob("template.jinja"))
    compared = set(re.findall(r"\b(?:\w+\.)+(\w+)(?: \| string)? (?:==|!=|in|not in) (?:\"|\[\")", text))
    compared |= set(re.findall(r"\"[^\"\n]*\" in (?:\w+\.)+(\w+)", text))
    assert len(compared) > 8, "the search still finds comparisons"
    # only a warning's heading is searched, and kept as it is; a search's button is asked whether it is there
    never_given = {"text", "button"}
    assert compared - components._STRUCTURAL - never_given == set()
