"""The desk in a browser: every page of it with axe, at a wide window and at the narrowest."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from ithaca.records.members.models import Membership
from ithaca.records.schemes.actions.appointments import appoint
from tests.cast import PASSWORD, make_cast
from tests.journeys.coordinating.world import Desk, make_applicant, make_desk, make_request
from tests.room import make_room
from tests.walks.person import Person

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@pytest.fixture
def desk() -> Desk:
    """A desk on which something waits in every queue, a mentorship runs, and one mentor is away."""
    desk = make_desk(make_cast(), timezone.now() - timedelta(days=6))
    make_room(desk.cast)
    gp = make_applicant(desk.cast, "Gina Gp", "Z90401", timezone.now())
    Membership.objects.filter(pk=gp.pk).update(
        profession="gp", registration_number="1234567", organisation=None, unlisted_practice="The Old Mill Surgery"
    )
    for number in range(6):
        make_request(desk.cast, f"Person {number}", f"Z9041{number}", timezone.now() - timedelta(days=number))
    return desk


@pytest.fixture
def cora(page: Page, live_server: Any) -> Callable[[Desk], Person]:
    """The coordinator at her browser, signed in."""

    def arrive(desk: Desk) -> Person:
        person = Person("Cora Lane", desk.cast.coordinator.email, page, live_server.url, scripts=True)
        page.set_viewport_size(WIDE)
        person.goes_to("/accounts/login/").writes("Email", person.email)
        page.locator("input[type=password]").first.fill(PASSWORD)
        return person.presses("Sign in")

    return arrive


def test_every_page_of_the_desk(desk: Desk, cora: Callable[[Desk], Person]) -> None:
    person = cora(desk)
    home = f"/schemes/{desk.slug}/desk/"
    paths = [home, f"{home}waiting/", f"{home}introductions/", f"{home}mentors/", f"{home}mentorships/"]
    paths += [f"/enquiries/{desk.enquiry.pk}/", f"/applications/{desk.application.pk}/"]
    paths += [f"/memberships/{row.pk}/check/" for row in Membership.objects.filter(stage="applied")]
    paths += [f"/requests/{row.pk}/desk/" for row in (desk.new_request, desk.waiting, desk.introduction.request)]
    paths += [f"/introductions/{desk.introduction.pk}/desk/", f"/schemes/{desk.slug}/invitations/"]
    for path in paths:
        person.page.goto(person.base + path)
        person.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        person.looks()
        person.fits(320, 1280)


def test_an_empty_desk(desk: Desk, cora: Callable[[Desk], Person]) -> None:
    appoint(desk.cast.other_scheme, desk.cast.coordinator.pk, "coordinator", timezone.localdate())
    person = cora(desk).goes_to(f"/schemes/{desk.slug}/desk/").follows(desk.cast.other_scheme.name)
    person.sees("There's nothing to do here.")
    person.fits(320, 1280)


def test_from_each_queue_the_next_act_is_one_click_away(desk: Desk, cora: Callable[[Desk], Person]) -> None:
    person, home = cora(desk), f"/schemes/{desk.slug}/desk/"

    person.goes_to(home).follows("Check Max Applying").presses("Confirm this membership")
    person.sees("You've confirmed the membership of Max Applying.")

    person.follows("Start the checks Anna Offering").presses("Start the checks")
    for _ in range(3):
        person.presses("Mark as done")
    person.presses("Approve as a mentor").sees("Anna Offering is now a mentor.")

    person.follows("Read and add to the queue Nora New").presses("Add to the queue")
    person.sees("Mentors for this request").presses("Introduce Anna Offering")
    person.sees("We'll ask Nora New first")

    person.follows("See progress Nora New and Anna Offering")
    person.page.get_by_text("Withdraw this introduction").first.click()
    person.presses("Withdraw this introduction").sees("You've withdrawn the introduction.")

    person.goes_to(home).follows("Read and answer").sees("07700 900123")
    person.presses("I've answered").presses("Make a personal link").sees("We only show it once")
    person.fits(320, 1280)

    person.goes_to(home).follows("Invite a mentor with a personal link").presses("Make a link")
    person.sees("Not yet")
    person.fits(320, 1280)


def test_a_form_sent_empty_says_what_is_missing_and_leads_to_it(desk: Desk, cora: Callable[[Desk], Person]) -> None:
    person = cora(desk).goes_to(f"/memberships/{desk.membership.pk}/check/")
    person.page.get_by_text("Ask for a correction").click()
    person.presses("Ask them to correct it").sees("There is a problem")
    person.page.get_by_role("link", name="Choose at least one").click()
    focused = person.page.evaluate("document.activeElement.name")
    assert focused == "what"


def test_refused_mentors_can_be_opened_by_keyboard(desk: Desk, cora: Callable[[Desk], Person]) -> None:
    desk.cast.mentor_member.organisation = desk.waiting.membership.organisation
    desk.cast.mentor_member.save()
    person = cora(desk).goes_to(f"/requests/{desk.waiting.pk}/desk/")
    person.page.get_by_text("the rules don't allow, and why").focus()
    person.page.locator("summary", has_text="the rules don't allow").press("Enter")
    person.sees("Omar Reed: The same organisation.")
