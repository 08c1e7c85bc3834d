"""Prose in a real browser: axe at every size, and the page as a person reads it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ithaca.publishing.demo_pages import write_pages
from ithaca.records.schemes.actions import schemes
from ithaca.records.schemes.presets import PRESETS
from tests.tools.design.test_browser import looks_at_every_size
from tests.walks.person import Person

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
AT = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
PROSE = ["/", "/schemes/", "/what-mentoring-is/", "/about/", "/privacy/", "/accessibility/"]


@pytest.fixture
def visitor(page: Page, live_server: Any) -> Person:
    for preset in PRESETS:
        schemes.open_scheme(preset, f"{preset.slug}@ithaca.example", AT.date())
    write_pages(AT)
    return Person("A visitor", "visitor@practice.example", page, live_server.url, scripts=True)


def test_every_page_of_prose(visitor: Person) -> None:
    for path in [*PROSE, *(f"/schemes/{preset.slug}/" for preset in PRESETS)]:
        visitor.goes_to(path)
        visitor.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        looks_at_every_size(visitor)


def test_from_the_door_to_a_scheme_in_two_steps(visitor: Person) -> None:
    visitor.goes_to("/").follows("Find someone to talk to").follows(PRESETS[0].name)
    expect(visitor.page.get_by_role("button", name="Ask for a mentor")).to_be_visible()
    visitor.sees("Offer to mentor", "At a glance")


def test_before_anything_is_published(page: Page, live_server: Any) -> None:
    person = Person("A visitor", "visitor@practice.example", page, live_server.url, scripts=True)
    looks_at_every_size(person.goes_to("/"))
