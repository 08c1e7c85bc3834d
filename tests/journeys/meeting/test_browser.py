"""The room in a browser: two people walk it whole, with scripts and without; axe looks at each page they come to."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from ithaca.records.members.models import User
from ithaca.records.mentorships.models import Session
from tests.cast import PASSWORD, make_cast
from tests.journeys.meeting import test_goals
from tests.room import STORY, Room, make_room, plan
from tests.walks.person import Person

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
WALK = "About every six weeks, on a walk."


@pytest.fixture
def room(transactional_db: None) -> Room:
    room = make_room(make_cast(mentee_word="protégé"))
    sealed = User.telephone.seal(room.mentor, "020 7946 0999")
    User.objects.filter(pk=room.mentor.pk).update(telephone=sealed)
    return room


@pytest.fixture
def enters(
    browser: Browser, live_server: Any, browser_context_args: dict[str, Any]
) -> Iterator[Callable[[User, bool], Person]]:
    """Sign people in, each in a browser of their own."""
    contexts = []

    def enter(user: User, scripts: bool) -> Person:
        contexts.append(browser.new_context(**browser_context_args, viewport=WIDE, java_script_enabled=scripts))
        page: Page = contexts[-1].new_page()
        person = Person(user.name, user.email, page, live_server.url, scripts)
        person.page.goto(live_server.url + "/accounts/login/")
        person.writes("Email", user.email)
        page.locator("input[type=password]").first.fill(PASSWORD)
        person.presses("Sign in")
        return person

    yield enter
    for context in contexts:
        context.close()


def at(person: Person, room: Room, verb: str = "") -> Person:
    person.goes_to(f"/mentorships/{room.mentorship.pk}/{verb}")
    person.fits(320, 1280)
    return person


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "scriptless"])
def test_two_people_walk_the_room_whole(
    room: Room, enters: Callable[[User, bool], Person], scripts: bool, clock: time_machine.Traveller
) -> None:
    mentee, mentor = enters(room.mentee, scripts), enters(room.mentor, scripts)

    # the first session is booked at once, past an empty form and a Sunday
    at(mentee, room).sees("Choose a time for your first session", "020 7946 0999").follows("Choose a time")
    mentee.presses("Book this session").sees("There is a problem", "Enter a date")
    mentee.dates(29, 11, 2026).writes("What time does it start?", "4:30pm").chooses("Video call")
    mentee.writes("Where, or how to join", "https://meet.example/a-long-name-of-a-room-that-goes-on-and-on-and-on")
    mentee.presses("Book this session").sees("That day is a Sunday.")
    mentee.presses("Book this session").sees("Your session is booked.", "Sunday 29 November 2026 at 4:30pm")
    mentee.fits(320, 1280)
    mentor.opens_letter("session_scheduled")
    mentor.follows("Move or change it").writes("What time does it start?", "5pm").presses("Save changes")
    mentor.sees("We're sending each of you a calendar update.")
    mentee.opens_letter("session_moved")
    mentee.sees("Sunday 29 November 2026 at 5pm").follows("Cancel it").sees("You don't need to give a reason.")

    # the second waits for the agreement, which one changes and both agree to
    at(mentee, room, "sessions/new/").sees("First, agree how you'll work together").follows("Read the agreement")
    mentee.sees("This is the scheme's own wording.").follows("Change the agreement")
    mentee.writes("How often we meet", WALK).presses("Save changes").sees("You made changes.")
    mentor.opens_letter("agreement_changed")
    mentor.sees("Mina made changes.", "Only you and Mina can read this")
    mentor.fits(320, 1280)
    mentor.presses("I agree to this").sees("It takes effect when Mina agrees too.")
    mentee.opens_letter("agreement_waits")
    mentee.presses("I agree to this").sees("You both agreed on Monday 23 November 2026.")
    mentee.follows("Print the agreement").sees("Agreed by Mina Patel and Omar Reed")
    mentee.fits(320, 1280)

    # both read what brought the mentee
    for one in (mentee, mentor):
        at(one, room, "story/").sees(STORY)

    # they meet, one says so, the other corrects it and corrects it back
    clock.move_to(Session.objects.get().starts_at + timedelta(hours=2))
    mentee, mentor = enters(room.mentee, scripts), enters(room.mentor, scripts)
    at(mentee, room).sees("Only one of you needs to say.").follows("Say whether you met").presses("We met")
    at(mentor, room).sees("You met").follows("Sunday 29 November 2026").presses("It didn't happen")
    mentee.goes_to(f"/sessions/{Session.objects.get().pk}/").presses("We met after all")
    at(mentee, room).follows("Choose a time").sees("Choose a time to meet")

    # a pause, and going on
    at(mentor, room).follows("Pause for a while").presses("Pause for a while").sees("Your mentoring is paused")
    mentor.fits(320, 1280)
    at(mentee, room, "sessions/new/").sees("You can book sessions again once you carry on.")
    at(mentee, room).presses("Carry on").sees("The pause is over.")

    # and stopping, with a last word
    at(mentee, room).follows("Stop here").writes("Final message (optional)", "Thank you for the walks.")
    mentee.fits(320, 1280)
    mentee.presses("Stop here").sees(
        "You stopped on Sunday 29 November 2026.", "You met once.", "Request another mentor"
    )
    mentor.opens_letter("ended")
    mentor.sees("Thank you for the walks.", "Thank you for giving your time.")
    mentor.fits(320, 1280)
    mentor.follows("Look back at your room").sees("Your mentoring has ended.")


def test_pages_that_say_no_are_pages_too(room: Room, enters: Callable[[User, bool], Person]) -> None:
    mentee, mentor = enters(room.mentee, True), enters(room.mentor, True)
    session = room.schedule(plan(7))

    def refused(person: Person, button: str, *words: str) -> None:
        person.page.get_by_role("button", name=button, exact=True).first.click()
        person.sees(*words)
        person.faults.clear()  # the browser mentions the 409
        person.looks()
        person.fits(320, 1280)

    # two tabs that move one session
    mentee.goes_to(f"/sessions/{session.pk}/move/").writes("What time does it start?", "11am")
    mentor.goes_to(f"/sessions/{session.pk}/move/").writes("What time does it start?", "3pm").presses("Save changes")
    refused(mentee, "Save changes", "It's now on Monday 30 November 2026 at 3pm.")

    # words that changed while they were read, and while they were typed
    at(mentee, room, "agreement/")
    other = mentee.page.context.new_page()
    other.goto(f"{mentee.base}/agreements/{room.agreement().pk}/change/")
    other.get_by_label("How often we meet", exact=True).fill("Weekly.")
    at(mentor, room, "agreement/").follows("Change the agreement").writes("How often we meet", WALK)
    mentor.presses("Save changes")
    refused(mentee, "I agree to this", "The agreement changed while you were reading it", WALK)
    mentee.page = other
    refused(mentee, "Save changes", "Omar saved first.", WALK)
    assert other.get_by_label("How often we meet", exact=True).input_value() == "Weekly."

    # and a last word after the other has stopped
    at(mentee, room, "end/").writes("Final message (optional)", "I was about to say.")
    at(mentor, room, "end/").presses("Stop here")
    refused(mentee, "Stop here", "I was about to say.", "so you can copy it")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "scriptless"])
def test_what_was_typed_while_the_lock_fell_is_saved_once(
    room: Room, enters: Callable[[User, bool], Person], scripts: bool
) -> None:
    mentee = enters(room.mentee, scripts)
    at(mentee, room, "agreement/").follows("Change the agreement").writes("How often we meet", WALK)
    mentee.page.context.clear_cookies(name="unlock")
    mentee.page.get_by_role("button", name="Save changes").click()
    mentee.faults.clear()  # the browser mentions the status
    mentee.page.locator("main input[type=password]").first.fill(PASSWORD)
    mentee.presses("Continue").sees("You made changes.", WALK)
    assert room.agreement().version == 2


def test_a_map_and_a_goal_in_two_browsers(
    transactional_db: None, enters: Callable[[User, bool], Person], clock: time_machine.Traveller
) -> None:
    """What only a browser shows: which of two buttons keeps a note for whom, and a picture that becomes a list."""
    room = make_room(make_cast(goals=True, maps=True))
    mentee = at(enters(room.mentee, True), room, "maps/grow/")
    for text, button in (("It is loud", "Save for us both"), ("I am afraid", "Save just for me")):
        mentee.page.locator("svg").get_by_role("link", name="Where you are").click()
        place = mentee.page.locator("#reality")
        place.locator("summary").click()
        place.get_by_label("Your note").fill(text)
        place.get_by_role("button", name=button).click()
        mentee.sees(text)
    mentee.looks()
    assert mentee.page.url.endswith("/maps/grow/#reality")
    mentor = enters(room.mentor, False)
    mentor.page.set_viewport_size(NARROW)
    mentor.goes_to(f"/mentorships/{room.mentorship.pk}/maps/grow/").sees("It is loud").does_not_see("I am afraid")
    expect(mentor.page.locator("svg.ithaca-map__picture")).to_be_hidden()
    expect(mentor.page.locator(".ithaca-map__list").get_by_text("1 note")).to_be_visible()
    aim = test_goals.goal(room, "Quieter mornings", "in_progress", measure="I hear the birds")
    test_goals.goal_step(room, "Ask Jo", "committed", aim.pk)
    at(mentee, room, "goals/").sees("I hear the birds", "I did it")
    mentee.goes_to(f"/goals/{aim.pk}/commitment/").fits(320)
