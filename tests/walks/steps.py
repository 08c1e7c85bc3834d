"""The steps of a walk, each as one person takes it."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import time_machine
import vobject

from ithaca.records.schemes.models import Scheme
from ithaca.tools.post.models import OutboxLetter
from tests.walks.person import PASSWORD, Person

REGISTER = {"gp": "7654321", "nurse": "12A3456B"}


def reads_about(person: Person, scheme: Scheme) -> None:
    """From the front page to the page of the scheme."""
    person.goes_to("/").follows(scheme.name).sees(scheme.summary)


def asks_in_two_minutes(person: Person, scheme: Scheme) -> None:
    reads_about(person, scheme)
    person.follows("Ask for a mentor")
    person.presses("Send").sees("There is a problem")
    person.writes("Your first name", "Ada").chooses("Phone call")
    person.writes("Your phone number or email address", "01632 960 123").writes(
        "When is a good time?", "Tuesday after 6pm"
    )
    person.writes("What it's about, in one line", "I have nobody to ask")
    person.presses("Send").sees("Thank you. We've got your request")


def signs_up(person: Person, *, path: str = "/accounts/signup/") -> None:
    """Create an account, confirm the address by the letter's link and sign in with the same press."""
    person.goes_to(path)
    person.writes("Your name", person.name).writes("Email", person.email)
    person.page.locator("input[type=password]").first.fill(PASSWORD)
    person.page.get_by_role("main").get_by_role("button", name=re.compile("account|Sign up", re.I)).last.click()
    person.looks()
    person.opens_letter("confirm_address")
    person.writes("Your password", PASSWORD).presses("Confirm and sign in")


def signs_in(person: Person) -> None:
    person.goes_to("/accounts/login/")
    person.writes("Email", person.email)
    person.page.locator("input[type=password]").first.fill(PASSWORD)
    person.presses("Sign in")


def signs_out(person: Person) -> None:
    person.page.get_by_role("button", name="Sign out").first.click()
    person.looks()


def joins(person: Person, scheme: Scheme, profession: str, practice: str, valid_until: date) -> None:
    """Answer one question a page, by the scheme's own joining rule, check the answers and send them."""
    if "/questions/" not in person.page.url:
        person.goes_to(f"/schemes/{scheme.slug}/join/")
        person.presses("Start")
    for _ in range(8):
        heading = person.page.url.rstrip("/").rsplit("/", 1)[-1].split("?")[0]
        if "/questions/" not in person.page.url:
            break
        if person.page.get_by_label("Practice name, postcode or code").count():
            person.writes("Practice name, postcode or code", practice).presses("Find practice")
            person.page.get_by_role("radio").first.check()
        elif person.page.get_by_label("Membership number").count():
            person.presses("Save and continue").sees("There is a problem")
            person.writes("Subscriber's name", "Harbour View").writes("Membership number", "S-20417")
            person.dates(valid_until.day, valid_until.month, valid_until.year)
        elif person.page.locator("input[name=registration_number]").count():
            person.page.locator("input[name=registration_number]").fill(REGISTER[profession])
        elif person.page.locator(f"input[name=profession][value={profession}]").count():
            person.page.locator(f"input[name=profession][value={profession}]").check()
        person.presses("Save and continue")
        assert heading not in person.page.url, f"{heading} does not lead on"
    person.presses("Send to the coordinator").sees("Your application is with the coordinator")


def joins_at_once(person: Person, profession: str, practice: str, valid_until: date) -> None:
    """Answer every question of the scheme's rule on its one page."""
    person.presses("Send to the coordinator").sees("There is a problem")
    box = person.page.locator(f"input[name=profession][value={profession}]")
    if box.count():
        box.check()
    person.writes("Practice name, postcode or code", practice)
    if person.page.get_by_label("Membership number").count():
        person.writes("Subscriber's name", "Harbour View").writes("Membership number", "S-20417")
        person.page.locator("input[name=valid_until_0]").fill(str(valid_until.day))
        person.page.locator("input[name=valid_until_1]").fill(str(valid_until.month))
        person.page.locator("input[name=valid_until_2]").fill(str(valid_until.year))
    if profession in REGISTER:
        person.page.locator("input[name=registration_number]").fill(REGISTER[profession])
    person.presses("Send to the coordinator").sees("Your application is with the coordinator")


def confirms_membership(coordinator: Person, scheme: Scheme, member: str, *, registered: bool) -> None:
    coordinator.goes_to(f"/schemes/{scheme.slug}/desk/").follows(member)
    if registered:
        coordinator.presses("Record that I've looked it up")
    coordinator.presses("Confirm this membership")


def offers_to_mentor(person: Person) -> None:
    """A few lines, roles, what they know, times, places; check; send."""
    person.goes_to("/my-mentoring/").follows("Offer to mentor")
    person.presses("Start")
    person.presses("Save and continue").sees("There is a problem")
    person.writes("A few lines about you", "I have kept three practices afloat, and my sense of humour 🙂.")
    person.presses("Save and continue")
    person.page.locator("input[value=guide]").check()
    person.page.locator("input[value=sounding_board]").check()
    person.presses("Save and continue")
    person.page.locator("input[name=reasons]").first.check()
    person.page.locator("input[name=topics]").first.check()
    person.presses("Save and continue")
    for value in ("mon-am", "wed-pm"):
        person.page.locator(f"input[name=slots][value={value}]").check()
    person.page.locator("input[name=ways][value=video]").check()
    person.page.locator("input[name=languages][value=en]").check()
    person.presses("Save and continue")
    person.page.locator("input[name=capacity][value='2']").check()
    person.presses("Save and continue")
    person.presses("Send to the coordinator").sees("Your offer is with the coordinator")


def approves(coordinator: Person, scheme: Scheme, mentor: str) -> None:
    """Tick off each check of the scheme, have the conversation, approve."""
    coordinator.goes_to(f"/schemes/{scheme.slug}/desk/").follows(mentor)
    coordinator.presses("Start the checks")
    while coordinator.page.get_by_role("button", name="Mark as done").count():
        coordinator.presses("Mark as done")
    if coordinator.page.get_by_role("button", name="Invite them to a conversation").count():
        coordinator.presses("Invite them to a conversation")
    coordinator.presses("Approve as a mentor")


def asks_for_a_mentor(person: Person) -> None:
    """One question a page: what brings them, roles, topics, times, the story; check; send."""
    person.goes_to("/my-mentoring/").follows("Ask for a mentor")
    person.presses("Tell us more first").sees("There is a problem")
    person.page.locator("input[name=reasons]").first.check()
    person.presses("Tell us more first")
    for _ in range(10):
        if person.page.url.rstrip("/").endswith("/check"):
            break
        if person.page.locator("textarea[name=story]").count():
            person.writes("What would you like your mentor to know?", "I was made manager in March, and I am alone.")
        for name, value in (("roles", "guide"), ("slots", "mon-am"), ("ways", "video"), ("languages", "en")):
            box = person.page.locator(f"input[name={name}][value={value}]")
            if box.count():
                box.check()
        if person.page.locator("input[name=topics]").count():
            person.page.locator("input[name=topics]").first.check()
        on = person.page.get_by_role("button", name="Save and continue")
        if on.count():
            person.presses("Save and continue")
        else:
            person.follows("Continue")
    person.presses("Send my request").sees("You asked on")


def letters_to(person: Person) -> list[OutboxLetter]:
    return list(OutboxLetter.objects.filter(address=person.email).order_by("written_at"))


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def takes_in(coordinator: Person, scheme: Scheme) -> None:
    """Look at the request, put it in the queue, and see who fits and who does not."""
    coordinator.goes_to(f"/schemes/{scheme.slug}/desk/").follows("Mina Patel")
    coordinator.does_not_see("I was made manager in March")
    if scheme.proposing == Scheme.Proposing.COORDINATOR:
        coordinator.presses("Add to the queue")
    coordinator.sees("Omar Reed")


def have_a_first_chat(mentor: Person, mentee: Person, day: date, clock: time_machine.Traveller) -> None:
    """Arrange a chat, have it, and each say yes without seeing the other's answer."""
    mentor.opens_letter("chat_to_arrange")
    mentor.follows("Suggest a day and time")
    mentor.dates(day.day, day.month, day.year).writes("The time", "1:30pm").chooses("Video call")
    mentor.writes("The link, phone number or place (optional)", "https://meet.example/abc").presses("Save the time")
    clock.move_to(datetime(day.year, day.month, day.day, 15, 0, tzinfo=UTC))
    signs_in_again(mentor, mentee)
    mentee.opens_letter("chat_arranged")
    mentee.presses("Yes, I'd like to carry on")
    mentor.goes_to("/my-mentoring/").follows("Open the first chat").presses("Yes, I'd like to carry on")


def signs_in_again(*people: Person) -> None:
    """After days away the lock has fallen and the session with it: sign in afresh."""
    for person in people:
        person.page.context.clear_cookies()
        signs_in(person)


def books(person: Person, room: UUID, day: date, at: str) -> None:
    person.goes_to(f"/mentorships/{room}/").follows("Choose a time")
    person.dates(day.day, day.month, day.year).writes("What time does it start?", at).chooses("Video call")
    person.writes("Where, or how to join", "https://meet.example/abc")
    person.page.get_by_role("main").get_by_role("button").last.click()
    person.looks().sees(f"{day.day} {day:%B %Y}")


def moves_it(person: Person, room: UUID, day: date) -> None:
    person.opens_letter("session_scheduled")
    person.follows("Move or change it")
    person.dates(day.day, day.month, day.year)
    person.page.get_by_role("main").get_by_role("button").last.click()
    person.looks().sees(f"{day.day} {day:%B %Y}")


def calendars_follow(*people: Person) -> None:
    """One invitation and its update each: the same UID, a rising SEQUENCE, and nothing that tells."""
    for person in people:
        told = [letter for letter in letters_to(person) if letter.kind.startswith("session_") and letter.invitation]
        files = [vobject.readOne(letter.invitation).vevent for letter in told]
        assert len({event.uid.value for event in files}) == 1
        assert [int(event.sequence.value) for event in files] == [0, 1]
        assert {event.summary.value for event in files} == {"Appointment"}
        assert all(event.attendee.value.endswith(person.email) for event in files)


def says_we_met(person: Person, room: UUID) -> None:
    person.goes_to(f"/mentorships/{room}/").follows("Say whether you met").presses("We met")


def is_told_to_agree_first(person: Person, room: UUID) -> None:
    person.goes_to(f"/mentorships/{room}/sessions/new/").sees("agree")


def agree(changer: Person, other: Person, room: UUID) -> None:
    """One changes a clause, the other reads what is new and agrees, and then the first."""
    changer.goes_to(f"/mentorships/{room}/agreement/").follows("Change the agreement")
    changer.page.locator("textarea").first.fill("We write to one another on Tuesdays.")
    changer.page.get_by_role("main").get_by_role("button").first.click()
    changer.looks().sees("We write to one another on Tuesdays.")
    for person in (other, changer):
        person.goes_to(f"/mentorships/{room}/agreement/").sees("We write to one another on Tuesdays.")
        if person.page.get_by_role("button", name="I agree to this").count():
            person.presses("I agree to this")
    other.goes_to(f"/mentorships/{room}/").sees("You both agreed on")


def letters_say_nothing(secrets: list[str]) -> None:
    """No letter of the walk names anybody or says anything of what was said, in any of its parts."""
    for letter in OutboxLetter.objects.all():
        for part in (letter.subject, letter.text, letter.html, letter.invitation):
            told = part.replace("\r\n ", "").replace(letter.address, "")  # calendar files fold their lines
            assert not [secret for secret in secrets if re.search(rf"\b{secret}\b", told)], (letter.kind, told)
