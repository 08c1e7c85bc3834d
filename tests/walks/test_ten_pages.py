"""From the front door to a booked first session, as somebody new would go: at most ten pages, in each preset."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from ithaca.records.members.actions import memberships
from ithaca.records.members.models import Membership, MentorStanding, Organisation
from ithaca.records.mentorships.models import Introduction, MentoringRequest, Session
from ithaca.records.mentorships.pairing.actions import first_chats, introductions, requests
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.appointments import coordinators_of
from ithaca.records.stages import Party
from tests.cast import make_member, make_mentor, make_person
from tests.walks import steps
from tests.walks.person import PASSWORD, Person

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PROFESSIONS = {
    "practice-managers": "practice_manager",
    "extended-mentoring": "gp",
    "mentoring-plus": "practice_manager",
}


@pytest.mark.parametrize("scripts", [False], ids=["scriptless"])
@pytest.mark.parametrize("preset", PROFESSIONS)
def test_a_booked_first_session_is_ten_pages_from_the_front_door(
    person: Callable[[str], Person], scheme: Scheme, preset: str, clock: time_machine.Traveller
) -> None:
    mentor, mentee = _a_mentor(scheme, PROFESSIONS[preset]), person("Mina Patel")

    # given somebody new, who makes an account, joins and asks
    mentee.goes_to("/").follows(scheme.name).follows("Or create one now and ask straight away")
    _signs_up(mentee)
    steps.joins_at_once(mentee, PROFESSIONS[preset], "ZZ1 1ZZ", date(2027, 12, 31))
    mentee.page.locator("input[name=reasons]").first.check()
    mentee.presses("Send my request")

    # when the coordinator has checked who they are, and both have said yes
    _is_confirmed(scheme)
    if scheme.proposing == Scheme.Proposing.MENTEE:
        mentee.opens_letter("request_ready")
        mentee.presses("Choose Omar Reed")
    else:
        _is_introduced(scheme, mentor)
        mentee.opens_letter("answer_wanted")
        mentee.presses("Yes, I'd like to")
    row = Introduction.objects.get()
    introductions.mentor_accept(row, actor=mentor.membership.user_id, at=timezone.now(), form=uuid4())
    if scheme.first_chat:
        _have_a_chat(row, mentor, clock)
        mentee.opens_letter("chat_arranged")
        mentee.presses("Yes, I'd like to carry on")
    mentee.opens_letter("confirmed")

    # then one press more books the first session
    pages = list(dict.fromkeys(mentee.pages_seen))
    mentee.page.locator("input[name=when]").first.check()
    mentee.presses("Book this time")
    assert Session.objects.get().stage == "scheduled"
    print(f"{preset}: {len(pages)} pages: {' · '.join(pages)}")  # noqa: T201 - evidence
    assert len(pages) <= 10, pages


def _a_mentor(scheme: Scheme, profession: str) -> MentorStanding:
    """Omar, approved, at a practice elsewhere."""
    member = make_member(scheme, make_person("Omar Reed"), Organisation.objects.get(code="Z90002"))
    member.profession = profession
    member.save()
    return make_mentor(member)


def _signs_up(person: Person) -> None:
    person.writes("Your name", person.name).writes("Email", person.email)
    person.page.locator("input[type=password]").first.fill(PASSWORD)
    person.page.get_by_role("main").get_by_role("button", name=re.compile("account", re.I)).last.click()
    person.looks().opens_letter("confirm_address")
    person.writes("Your password", PASSWORD).presses("Confirm and sign in")


def _is_confirmed(scheme: Scheme) -> None:
    member, coordinator = Membership.objects.get(user__name="Mina Patel"), coordinators_of(scheme)[0]
    at = timezone.now()
    if member.registration_number:
        memberships.check_registration(member, at.date(), coordinator=coordinator, at=at, form=uuid4())
    memberships.confirm(member, coordinator=coordinator, at=at, form=uuid4())


def _is_introduced(scheme: Scheme, mentor: MentorStanding) -> None:
    request, coordinator, at = MentoringRequest.objects.get(), coordinators_of(scheme)[0], timezone.now()
    requests.take_in(request, actor=coordinator, at=at, form=uuid4())
    introductions.propose(request, mentor, Party.COORDINATOR, actor=coordinator, at=at, form=uuid4())


def _have_a_chat(row: Introduction, mentor: MentorStanding, clock: time_machine.Traveller) -> None:
    """Omar suggests a time; they talk; he says yes."""
    at, actor = timezone.now(), mentor.membership.user_id
    row.refresh_from_db()
    first_chats.arrange(
        row, Party.MENTOR, chat_at=at + timedelta(minutes=5), way="phone", place="01632 960 002", actor=actor, at=at,
        form=uuid4(),
    )  # fmt: skip
    clock.move_to(datetime.now(tz=at.tzinfo) + timedelta(minutes=10))
    first_chats.say_yes(row, Party.MENTOR, actor=actor, at=timezone.now(), form=uuid4())
