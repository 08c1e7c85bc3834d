"""From sign-up to an application, an offer and the account in a browser: with axe at each page, and scriptless."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ithaca.records.members.models import Membership, Organisation
from tests.cast import PASSWORD, make_scheme
from tests.walks.person import Person

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
ACCOUNT = [
    "/account/",
    "/account/details/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/account/keep-away/",
    "/account/recovery-code/",
    "/unlock/start-again/",
]


@pytest.fixture
def nia(browser: Browser, live_server: Any, browser_context_args: dict[str, Any]) -> Iterator[Callable[[bool], Person]]:
    """Nia, who comes for the doctors' scheme, with or without scripts."""
    make_scheme("doctors", joining="role", professions=["gp", "nurse"], topics=[])
    Organisation.objects.create(code="Z90001", name="High Street Surgery", postcode="ZZ1 1ZZ", address="1 High Street")
    Organisation.objects.create(code="Z90002", name="High Road Surgery", postcode="ZZ2 2ZZ", is_open=False)
    contexts: list[BrowserContext] = []

    def arrive(scripts: bool) -> Person:
        contexts.append(browser.new_context(**browser_context_args, java_script_enabled=scripts))
        page: Page = contexts[-1].new_page()
        return Person("Nia New", "nia.new@practice.example", page, live_server.url, scripts)

    yield arrive
    for context in contexts:
        context.close()


def signs_up(person: Person) -> None:
    person.goes_to("/schemes/doctors/join/")  # a visitor is asked to sign in first
    person.page.get_by_role("main").get_by_role("link", name="account").first.click()
    person.looks().page.get_by_role("main").locator("form button.nhsuk-button").last.click()
    person.looks().sees("There is a problem", "Enter your name")
    person.writes("Your name", "Nia New").writes("Email", person.email)
    person.page.locator("input[type=password]").first.fill(PASSWORD)
    person.page.get_by_role("main").locator("form button.nhsuk-button").last.click()
    person.looks()
    person.opens_letter("confirm_address")
    person.page.get_by_role("main").locator("form button.nhsuk-button").last.click()
    person.looks().writes("Email", person.email)
    person.page.locator("input[type=password]").first.fill(PASSWORD)
    person.presses("Sign in")


def joins(person: Person) -> None:
    """Sign-up has kept the way: this is where it led."""
    person.sees("Join The doctors scheme").presses("Start")
    person.presses("Save and continue").sees("There is a problem")
    person.chooses("Nurse").presses("Save and continue")
    person.writes("Practice name", "high").presses("Find practice").sees("Closed, so you can't choose it")
    person.chooses("High Street Surgery").presses("Save and continue")
    person.page.locator("input[name=registration_number]").fill("1234567")
    person.presses("Save and continue").sees("Enter an NMC Pin, like 12A3456B")
    person.page.locator("input[name=registration_number]").fill("12a3456b")
    person.presses("Save and continue").presses("Save and continue").sees("Check your answers", "12A3456B")
    person.follows("Change When you started your current job").dates(1, 3, 2026)
    person.presses("Save and continue").sees("Sunday 1 March 2026")
    person.presses("Send to the coordinator").sees("Your application is with the coordinator")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_sign_up_to_an_application(nia: Callable[[bool], Person], scripts: bool) -> None:
    person = nia(scripts)
    signs_up(person)
    joins(person)
    person.goes_to("/my-mentoring/").sees("Your application is with the coordinator", "The coordinator")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_form_that_comes_late_loses_nothing(nia: Callable[[bool], Person], scripts: bool) -> None:
    person = nia(scripts)
    signs_up(person)
    person.goes_to("/account/keep-away/").writes("Their email", "someone@elsewhere.example")
    person.page.context.clear_cookies(name="unlock")
    person.presses("Add to your list").sees("safe on this page")
    person.page.locator("input[type=password]").first.fill(PASSWORD)
    person.presses("Continue").sees("We won't introduce you to this person", "someone@elsewhere.example")
    person.writes("Their email", "another@elsewhere.example")
    person.page.context.clear_cookies(name="sessionid")
    person.presses("Add to your list").sees("Sign in to continue")
    person.writes("Email", person.email).page.locator("input[type=password]").first.fill(PASSWORD)
    person.presses("Sign in and continue").sees("another@elsewhere.example")


def test_a_member_offers_and_sees_to_the_account(nia: Callable[[bool], Person]) -> None:
    person = nia(True)
    signs_up(person)
    person.goes_to("/my-mentoring/")
    person.goes_to("/schemes/doctors/join/").presses("Start")
    Membership.objects.update(stage="active", profession="nurse")
    person.goes_to("/my-mentoring/").follows("Offer to mentor")
    person.fits(320, 1280)
    person.presses("Start").presses("Save and continue").sees("There is a problem")
    person.writes("A few lines about you", "Calm. 🙂").presses("Save and continue")
    person.page.locator("input[value=guide]").check()
    person.presses("Save and continue").page.locator("input[name=topics]").first.check()
    person.presses("Save and continue")
    person.fits(320, 1280)
    for value in ("mon-am", "video", "en"):
        person.page.locator(f"input[value={value}]").check()
    person.presses("Save and continue").presses("Save and continue").sees("Check your offer")
    person.fits(320, 1280)
    person.presses("Send to the coordinator").sees("Your offer is with the coordinator")
    for path in ACCOUNT:
        person.goes_to(path)
        person.fits(320, 1280)
    person.goes_to("/account/recovery-code/").presses("Show me a recovery code")
    person.fits(320, 1280)
    code = person.page.locator("#code").inner_text()
    person.page.locator("input[name=part]").fill(code[-9:])
    person.presses("I've saved it").sees("Your recovery code now works", "You have one")
    expect(person.page.get_by_text(code)).to_have_count(0)
