"""One mentorship, whole: from a visitor who reads about it to the closing page, for each of the three schemes.

One is walked with scripts, and axe looks at each page; the others without. `make evidence` walks each both ways.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine

from ithaca.records.mentorships.models import Mentorship
from ithaca.records.schemes.models import Scheme
from tests.walks import steps
from tests.walks.person import Person

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PROFESSIONS = {"practice-managers": "practice_manager", "extended-mentoring": "gp", "mentoring-plus": "nurse"}


@pytest.mark.parametrize(
    ("preset", "scripts"),
    [
        pytest.param(preset, scripts, id=f"{preset}-{'scripts' if scripts else 'scriptless'}", marks=marks)
        for preset in PROFESSIONS
        for scripts in (True, False)
        for marks in [() if scripts == (preset == "practice-managers") else pytest.mark.evidence]
    ],
)
def test_a_mentorship_from_asking_to_ending(
    person: Callable[[str], Person], scheme: Scheme, preset: str, clock: time_machine.Traveller
) -> None:
    profession = PROFESSIONS[preset]
    valid_until = date(2027, 12, 31)

    # given a visitor who asks without an account, and coordinators who read it
    visitor, coordinator = person("Ada Visitor"), person("Cora Lane")
    steps.asks_in_two_minutes(visitor, scheme)
    steps.signs_in(coordinator)
    coordinator.goes_to(f"/schemes/{scheme.slug}/desk/").sees("two-minute")

    # and a member who offers to mentor, and is approved
    mentor = person("Omar Reed")
    steps.signs_up(mentor, path=f"/accounts/signup/?next=/schemes/{scheme.slug}/join/")
    steps.joins(mentor, scheme, profession, "Oak Tree", valid_until)
    steps.confirms_membership(coordinator, scheme, "Omar Reed", registered=profession in steps.REGISTER)
    steps.offers_to_mentor(mentor)
    steps.approves(coordinator, scheme, "Omar Reed")
    mentor.opens_letter("offer_approved")

    # and another who comes by a personal link
    coordinator.goes_to(f"/schemes/{scheme.slug}/invitations/").presses("Make a link")
    path = steps.path_of(coordinator.page.get_by_label("Link", exact=True).input_value())
    invited = person("Ines Gold")
    invited.goes_to(path).sees(scheme.name).follows("Create an account")
    steps.signs_up(invited, path=invited.page.url)
    invited.goes_to(path).presses("Accept and join")
    steps.joins(invited, scheme, profession, "Harbour View", valid_until)

    # when someone new asks for a mentor
    mentee = person("Mina Patel")
    steps.reads_about(mentee, scheme)
    steps.signs_up(mentee, path=f"/accounts/signup/?next=/schemes/{scheme.slug}/join/")
    steps.joins_at_once(mentee, profession, "ZZ1 1ZZ", valid_until)
    steps.confirms_membership(coordinator, scheme, "Mina Patel", registered=profession in steps.REGISTER)
    steps.asks_for_a_mentor(mentee)

    # then the coordinator sees who is independent and who is not, and why, but not the story
    steps.takes_in(coordinator, scheme)

    # and the two are brought together as the scheme says
    if scheme.proposing == Scheme.Proposing.MENTEE:
        mentee.goes_to("/my-mentoring/").follows("See the mentors")
        mentee.sees("Why this mentor").presses("Choose Omar Reed")
    else:
        coordinator.sees("Mentors for this request").presses("Introduce Omar Reed")
        mentee.opens_letter("answer_wanted")
        mentee.presses("Yes, I'd like to")
    mentor.opens_letter("answer_wanted")
    mentor.sees("Mina Patel", "I was made manager in March").presses("Yes, I'd like to")
    if scheme.first_chat:
        steps.have_a_first_chat(mentor, mentee, date(2026, 11, 30), clock)
    room = Mentorship.objects.get().pk

    # when they book the first session, move it, and call it off, both calendars follow
    mentee.goes_to("/my-mentoring/")
    steps.books(mentee, room, date(2026, 12, 7), "4:30pm")
    steps.moves_it(mentor, room, date(2026, 12, 8))
    mentee.goes_to(f"/mentorships/{room}/").sees("8 December 2026")
    steps.calendars_follow(mentee, mentor)

    # then a second one waits for the agreement, which one changes and both agree
    clock.move_to(datetime(2026, 12, 8, 18, 0, tzinfo=UTC))
    steps.signs_in_again(mentee, mentor)
    steps.says_we_met(mentee, room)
    steps.is_told_to_agree_first(mentee, room)
    steps.agree(mentor, mentee, room)
    steps.books(mentee, room, date(2027, 1, 11), "9am")

    # when one of them stops, at once and without a reason, both see a closing page and the calendar is cleared
    mentor.goes_to(f"/mentorships/{room}/").follows("Stop here")
    mentor.writes("Final message", "It was a pleasure.").presses("Stop here")
    mentor.sees("You stopped on")
    mentee.opens_letter("ended")
    mentee.sees("It was a pleasure.")
    for each in (mentee, mentor):
        assert [letter.invitation_method for letter in steps.letters_to(each) if letter.invitation_method][
            -1
        ] == "CANCEL"

    # and the coordinator sees that it ended, and nothing else
    steps.signs_in_again(coordinator)
    coordinator.goes_to(f"/schemes/{scheme.slug}/desk/mentorships/").does_not_see("It was a pleasure.")
    steps.letters_say_nothing(["Mina", "Omar", "Patel", "Reed", "made manager", "pleasure"])
    print(f"{preset}: {sum(len(each.pages_seen) for each in (visitor, coordinator, mentor, invited, mentee))} pages")  # noqa: T201 - evidence
