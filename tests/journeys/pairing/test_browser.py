"""The pages of pairing in a browser, in each of their states, with axe, at a wide window and at the narrowest."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from ithaca.records.members.models import User
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import first_chats, introductions, requests
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.vault.models import Mailbox
from tests.cast import PASSWORD, Cast, make_cast
from tests.records.mentorships.pairs import (
    accept_as_mentee,
    accept_as_mentor,
    another_mentor,
    ask,
    asked,
    fresh,
    offered,
    wait,
)
from tests.walks.person import Person

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@pytest.fixture
def cast() -> Cast:
    return make_cast(first_chat=True)


@pytest.fixture
def visitor(page: Page, live_server: Any) -> Person:
    page.set_viewport_size(WIDE)
    return Person("Somebody", "somebody@practice.example", page, live_server.url, scripts=True)


def signs_in(person: Person, user: User) -> Person:
    person.page.context.clear_cookies()
    person.goes_to("/accounts/login/").writes("Email", user.email)
    person.page.locator("input[type=password]").first.fill(PASSWORD)
    person.email = user.email
    return person.presses("Sign in")


def holds(person: Person, path: str, *seen: str) -> None:
    """The page keeps the promises with everything opened, fits a narrow window, and says these things."""
    person.page.goto(person.base + path)
    person.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    person.looks().sees(*seen)
    person.fits(320, 1280)


def test_a_visitor_asks_in_two_minutes(cast: Cast, visitor: Person) -> None:
    holds(visitor, "/schemes/managers/ask/", "You don't need an account")
    visitor.presses("Send").sees("There is a problem", "Fill in “Your first name”")
    visitor.writes("Your first name", "Jo").chooses("Phone call")
    visitor.writes("Your phone number or email address", "01632 960 000").writes(
        "When is a good time?", "Tuesday after 6pm"
    )
    visitor.presses("Send").sees("Thank you. We've got your request", "Create an account")
    holds(visitor, "/schemes/managers/ask/thanks/", "Someone will contact you")
    Mailbox.objects.all().delete()
    holds(visitor, "/schemes/managers/ask/", "We can't take your request just now")


def test_a_member_asks_page_by_page(cast: Cast, visitor: Person) -> None:
    person = signs_in(visitor, cast.mentee)
    holds(person, "/schemes/managers/requests/new/", "Telling us more takes about 10 minutes")
    person.presses("Send my request").sees("There is a problem")
    person.chooses("I'm new in post").presses("Tell us more first")
    person.chooses("Guide", "Challenger").presses("Save and continue")
    person.chooses("Leading and managing staff").presses("Save and continue")
    person.chooses("Monday morning").presses("Save and continue")
    person.chooses("Video call", "Away from where I work").presses("Save and continue")
    person.presses("Save and continue").sees("Only you can read this")
    person.writes("What would you like your mentor to know?", "I do not sleep.").presses("Save and continue")
    person.sees("Is there anyone we should avoid?").follows("Continue").sees("Check your answers", "I do not sleep.")
    row = MentoringRequest.objects.get()
    for page in ("reasons", "roles", "topics", "times", "ways", "languages", "story", "people"):
        holds(person, f"/requests/{row.pk}/{page}/edit/")
    holds(person, f"/requests/{row.pk}/check/")
    person.presses("Send my request").sees("We're reading your request")
    holds(person, f"/requests/{row.pk}/roles/edit/")
    requests.change_answers(fresh(row), fresh(row).version, roles=("reflector",))
    person.presses("Save").sees("changed in another window")


def test_a_request_in_each_of_its_stages(cast: Cast, visitor: Person) -> None:
    person, at = signs_in(visitor, cast.mentee), timezone.now()
    row = ask(cast.mentee_member, at)
    path, coordinator = f"/requests/{row.pk}/", cast.coordinator.pk
    holds(person, path, "We're reading your request")
    requests.take_in(row, actor=coordinator, at=at, form=uuid4())
    holds(person, path, "We're looking for a mentor for you")
    introduction = introductions.propose(
        fresh(row), cast.standing, Party.COORDINATOR, actor=coordinator, at=at, form=uuid4()
    )
    holds(person, path, "We've found you a mentor")
    introductions.decline(introduction, Party.MENTEE, actor=cast.mentee.pk, at=at, form=uuid4())
    holds(person, path, "Introductions that didn't go ahead")
    requests.answer_otherwise(fresh(row), "close_unplaced", actor=coordinator, at=at, form=uuid4())
    holds(person, path, "We don't have a mentor for you just now")
    person.presses("Go back to my place in the queue").sees("We're looking for a mentor for you")
    person.page.get_by_text("Withdraw this request").click()
    person.presses("Withdraw my request").sees("You withdrew this request")
    holds(person, path, "Ask again")
    signs_in(visitor, cast.stranger)
    cast.scheme.memberships.filter(user=cast.stranger).update(stage="lapsed")
    holds(person, "/schemes/managers/requests/new/", "isn't open just now")
    signs_in(visitor, cast.outsider)
    holds(person, "/schemes/managers/requests/new/", "Join The managers scheme")


def test_a_mentee_chooses(visitor: Person) -> None:
    cast = make_cast(proposing=Scheme.Proposing.MENTEE)
    another_mentor(cast.scheme, "Nia Ward", "Z92000")
    row = wait(cast, at=timezone.now())
    person = signs_in(visitor, cast.mentee)
    holds(person, f"/requests/{row.pk}/mentors/", "Choose Omar Reed", "Why this mentor")
    person.presses("Choose Nia Ward").sees("We've asked the mentor")
    introduction = fresh(row).introductions.get()
    introductions.decline(introduction, Party.MENTEE, actor=cast.mentee.pk, at=timezone.now(), form=uuid4())
    requests.change_answers(fresh(row), fresh(row).version, slots=("fri-eve",))
    holds(person, f"/requests/{row.pk}/mentors/", "There's no mentor free just now")


def test_an_introduction_as_both_see_it(cast: Cast, visitor: Person) -> None:
    at = timezone.now()
    introduction = offered(cast, at)
    path = f"/introductions/{introduction.pk}/"
    person = signs_in(visitor, cast.mentee)
    holds(person, path, "Meet the mentor we found", "Omar Reed", "Why this mentor")
    holds(person, f"{path}decline/", "Say no to this introduction", "Only you can read this")
    person.goes_to(path).presses("Yes, I'd like to").sees("We've asked the mentor")
    person = signs_in(visitor, cast.mentor)
    holds(person, path, "Someone would like to meet you", "Mina Patel", "I do not sleep.")
    holds(person, f"{path}decline/", "Say no to this introduction")
    person.goes_to(path).presses("Yes, I'd like to").sees("Choose a time for your first chat")
    holds(person, f"{path}first-chat/arrange/")
    person.presses("Save the time").sees("There is a problem")
    soon = timezone.localdate(at) + timedelta(days=3)
    person.dates(soon.day, soon.month, soon.year).writes("The time", "1:30pm").chooses("Phone call")
    person.writes("The link, phone number or place (optional)", "01632 960 001").presses("Save the time")
    person.sees("1:30pm").presses("Yes, I'd like to carry on").sees("We won't tell anyone until you've both answered")
    person = signs_in(visitor, cast.mentee)
    holds(person, path, "01632 960 001", "After the chat: would you like to carry on?")
    person.goes_to(path).presses("We didn't get to talk").sees("Choose a time for your first chat")
    first_chats.arrange(
        fresh(introduction),
        Party.MENTEE,
        chat_at=at + timedelta(days=2),
        way="phone",
        place="1",
        actor=cast.mentee.pk,
        at=at,
        form=uuid4(),
    )
    person.goes_to(path).follows("No, thank you").presses("Say no").sees("You keep your place")
    holds(person, path, "This introduction is over")


def test_the_last_yes_leads_into_the_room(visitor: Person) -> None:
    cast = make_cast()
    introduction = asked(cast, timezone.now())
    person = signs_in(visitor, cast.mentor)
    person.goes_to(f"/introductions/{introduction.pk}/").presses("Yes, I'd like to")
    assert f"/mentorships/{introduction.pk}/" in person.page.url
    person = signs_in(visitor, cast.mentee)
    holds(person, f"/requests/{introduction.request_id}/", "You have a mentor")


def test_a_locked_mentor_is_told_how_to_read_the_story_and_may_answer_without(cast: Cast, visitor: Person) -> None:
    introduction = offered(cast, timezone.now())
    accept_as_mentee(cast, introduction, timezone.now())
    person = signs_in(visitor, cast.mentor)
    person.page.context.clear_cookies(name="unlock")
    holds(person, f"/introductions/{introduction.pk}/", "Their story is locked")
    accept_as_mentor(introduction, timezone.now())
    assert fresh(introduction).stage == "accepted"
