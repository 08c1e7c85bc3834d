"""Pages in a real browser: axe, narrow and wide, without JavaScript, by keyboard, and nothing from elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, Page, Route, TimeoutError, expect

from tests.cast import PASSWORD, make_person
from tests.walks.person import Person, arrives

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
SIZES = [(1280, 900), (375, 700), (320, 640)]
ENTRANCE = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/"]
ENTRANCE += ["/accounts/confirm-email/", "/accounts/password/reset/key/done/", "/accounts/inactive/"]
OWN = ["/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/logout/"]


@pytest.fixture
def someone(
    browser: Browser, live_server: Any, browser_context_args: dict[str, Any]
) -> Iterator[Callable[..., Person]]:
    """Make people who arrive with a browser of their own, with or without JavaScript."""
    contexts = []

    def person(*, scripts: bool = True) -> Person:
        def new_page(**options: Any) -> Page:
            contexts.append(browser.new_context(**browser_context_args, **options))
            return contexts[-1].new_page()

        return arrives(new_page, live_server.url, scripts=scripts)("Mina Patel")

    yield person
    for context in contexts:
        context.close()


def looks_at_every_size(person: Person) -> None:
    for width, height in SIZES:
        person.page.set_viewport_size({"width": width, "height": height})
        person.looks()
        person.fits(width)


@pytest.mark.parametrize("path", ENTRANCE)
def test_pages_of_the_entrance(someone: Callable[..., Person], path: str) -> None:
    looks_at_every_size(someone().goes_to(path))


@pytest.mark.parametrize(("path", "button"), [("login", "Sign in"), ("signup", "Create an account")])
def test_a_form_sent_empty_leads_to_what_is_missing(someone: Callable[..., Person], path: str, button: str) -> None:
    person = someone().goes_to(f"/accounts/{path}/").presses(button)
    assert person.page.title().startswith("Error: ")
    expect(person.page.locator(".nhsuk-error-summary")).to_be_focused()
    looks_at_every_size(person)
    for link in person.page.locator(".nhsuk-error-summary a").all():
        target = link.get_attribute("href")
        link.click()
        expect(person.page.locator(str(target))).to_be_focused()


def signs_in(person: Person) -> Person:
    make_person(person.name)
    person.goes_to("/accounts/login/").writes("Email", person.email)
    person.page.locator("input[type=password]").first.fill(PASSWORD)
    return person.presses("Sign in")


def test_pages_of_one_s_own_account(someone: Callable[..., Person]) -> None:
    person = signs_in(someone())
    for path in OWN:
        looks_at_every_size(person.goes_to(path))


def test_signing_out_takes_one_press(someone: Callable[..., Person]) -> None:
    person = signs_in(someone())
    person.page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    expect(person.page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()


def test_a_page_is_judged_with_its_style_sheet_however_late_that_comes(someone: Callable[..., Person]) -> None:
    person = signs_in(someone())

    def late(route: Route) -> None:
        with suppress(TimeoutError):
            person.page.wait_for_function("window.axe", timeout=1_000)  # there already, it would judge a bare page
        route.continue_()

    person.page.route("**/ithaca.css", late)
    person.page.get_by_role("banner").get_by_role("link", name=person.name).click()
    person.looks()


def test_everything_in_the_catalogue(someone: Callable[..., Person], settings: LazySettings) -> None:
    settings.DEMO = True
    person = someone().goes_to("/design/")
    person.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    looks_at_every_size(person)
    person.page.get_by_label("Phone", exact=True).first.check()
    expect(person.page.get_by_label("Phone number").first).to_be_visible()
    person.looks()


def test_the_catalogue_is_for_the_demo_alone(someone: Callable[..., Person]) -> None:
    person = someone()
    answer = person.page.goto(person.base + "/design/")
    assert answer is not None
    assert answer.status == 404


def test_error_links_lead_to_the_first_choice_and_the_wrong_part(
    someone: Callable[..., Person], settings: LazySettings
) -> None:
    settings.DEMO = True
    page = someone().goes_to("/design/").page
    for words, target in [
        ("Choose one of the answers to “How would you like to meet?”", "#id_wrong-way"),
        ("Choose only from the answers to “Which days suit you?”", "#id_wrong-days"),
        ("Enter a real date, like 27 3 2027", "#id_wrong-since_0"),
    ]:
        page.locator(".nhsuk-error-summary a", has_text=words).last.click()
        expect(page.locator(target)).to_be_focused()


def test_the_keyboard_alone_signs_in(someone: Callable[..., Person]) -> None:
    person = someone()
    make_person(person.name)
    page = person.goes_to("/accounts/login/").page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(person.email)
    for _step in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "password":
            break
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("banner").get_by_role("button", name="Sign out")).to_be_visible()


def test_all_works_without_javascript(someone: Callable[..., Person]) -> None:
    person = someone(scripts=False)
    person.page.set_viewport_size({"width": 320, "height": 640})
    person.goes_to("/accounts/login/").presses("Sign in").sees("There is a problem")
    expect(person.page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    signs_in(person)
    expect(person.page.get_by_role("link", name="Schemes").first).to_be_visible()


def test_words_twice_as_large_lose_nothing(someone: Callable[..., Person]) -> None:
    """200 % zoom of a window of 1280 px is a window of 640; larger text alone is set at the root."""
    person = someone().goes_to("/accounts/login/")
    person.page.set_viewport_size({"width": 640, "height": 450})
    person.page.evaluate("document.documentElement.style.fontSize = '200%'")
    person.fits(640)
    expect(person.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_those_who_want_no_motion_get_none(someone: Callable[..., Person]) -> None:
    person = someone()
    person.page.emulate_media(reduced_motion="reduce")
    page = person.goes_to("/accounts/login/").page
    longest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].map(e => parseFloat(getComputedStyle(e).transitionDuration)))"
    )
    assert longest < 0.001
