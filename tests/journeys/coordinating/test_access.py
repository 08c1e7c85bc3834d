"""The same ladder at every door of the desk: only those who coordinate this scheme, and never on their own record."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ithaca.records.members.actions import applications
from ithaca.records.members.models import Membership, MentorApplication, PersonalInvitation, User
from ithaca.records.mentorships.models import Enquiry, Introduction, MentoringRequest
from ithaca.records.mentorships.pairing.actions import introductions
from ithaca.records.schemes.models import Appointment
from ithaca.records.stages import Party
from tests.cast import keyring_of, make_member, make_mentor, make_organisation, make_person, sign_in
from tests.journeys.coordinating.world import DESK, OFFER, Desk, ask, once
from tests.room import make_room

PAGES: dict[str, Callable[[Desk], tuple[Any, ...]]] = {
    "desk": lambda desk: (desk.slug,),
    "mentors": lambda desk: (desk.slug,),
    "mentorships": lambda desk: (desk.slug,),
    "invitations": lambda desk: (desk.slug,),
    "mailbox": lambda desk: (desk.slug,),
    "enquiry": lambda desk: (desk.enquiry.pk,),
    "membership_check": lambda desk: (desk.membership.pk,),
    "application": lambda desk: (desk.application.pk,),
    "request_desk": lambda desk: (desk.waiting.pk,),
    "introduction_desk": lambda desk: (desk.introduction.pk,),
}
QUEUES = (
    "enquiries",
    "memberships",
    "applications",
    "triage",
    "waiting",
    "unlikely",
    "closed",
    "introductions",
    "quiet",
)
ACTS: dict[str, Callable[[Desk], tuple[Any, ...]]] = {
    "invitations": lambda desk: (desk.slug,),
    "mailbox": lambda desk: (desk.slug,),
    "enquiry_answer": lambda desk: (desk.enquiry.pk,),
    "enquiry_invite": lambda desk: (desk.enquiry.pk,),
    "enquiry_close": lambda desk: (desk.enquiry.pk,),
    "membership_verify": lambda desk: (desk.membership.pk,),
    "membership_confirm": lambda desk: (desk.membership.pk,),
    "membership_register_check": lambda desk: (desk.membership.pk,),
    "membership_place": lambda desk: (desk.membership.pk,),
    "membership_ask_to_correct": lambda desk: (desk.membership.pk,),
    "membership_turn_down": lambda desk: (desk.membership.pk,),
    "application_begin_checks": lambda desk: (desk.application.pk,),
    "application_pass_check": lambda desk: (desk.application.pk, "experience"),
    "application_talk": lambda desk: (desk.application.pk,),
    "application_approve": lambda desk: (desk.application.pk,),
    "application_defer": lambda desk: (desk.application.pk,),
    "application_decline": lambda desk: (desk.application.pk,),
    "request_take_in": lambda desk: (desk.new_request.pk,),
    "request_answer_otherwise": lambda desk: (desk.waiting.pk,),
    "request_propose": lambda desk: (desk.waiting.pk,),
    "introduction_take_back": lambda desk: (desk.introduction.pk,),
}
STRANGERS = ("mentee", "mentor", "stranger", "outsider")


def at(name: str, args: tuple[Any, ...]) -> str:
    return reverse(DESK[name], args=args)


def state() -> list[Any]:
    """Everything that an act of the desk could change."""
    rows = [list(model.objects.order_by("pk").values()) for model in (Enquiry, Membership, MentorApplication)]
    later = [list(model.objects.order_by("pk").values()) for model in (MentoringRequest, Introduction)]
    return [*rows, *later, PersonalInvitation.objects.count()]


@pytest.mark.parametrize("player", ["coordinator", "deputy"])
def test_who_coordinates_the_scheme_opens_every_page(desk: Desk, client: Client, player: str) -> None:
    sign_in(client, desk.cast.people[player])
    opened = {name: client.get(at(name, args(desk))).status_code for name, args in PAGES.items()}
    opened |= {queue: client.get(at("queue", (desk.slug, queue))).status_code for queue in QUEUES}
    assert set(opened.values()) == {200}, opened


@pytest.mark.parametrize("player", STRANGERS)
def test_to_everyone_else_no_page_exists(desk: Desk, client: Client, player: str) -> None:
    sign_in(client, desk.cast.people[player])
    opened = {name: client.get(at(name, args(desk))).status_code for name, args in PAGES.items()}
    opened |= {queue: client.get(at("queue", (desk.slug, queue))).status_code for queue in QUEUES}
    assert set(opened.values()) == {404}, opened


@pytest.mark.parametrize("player", STRANGERS)
def test_to_everyone_else_no_act_exists_and_nothing_changes(desk: Desk, client: Client, player: str) -> None:
    sign_in(client, desk.cast.people[player])
    before = state()
    answered = {name: client.post(at(name, args(desk)), once()).status_code for name, args in ACTS.items()}
    assert set(answered.values()) == {404}, answered
    assert state() == before


def test_a_visitor_is_asked_to_sign_in_and_changes_nothing(desk: Desk, client: Client) -> None:
    before = state()
    pages = [client.get(at(name, args(desk))) for name, args in PAGES.items()]
    acts = [client.post(at(name, args(desk)), once()) for name, args in ACTS.items()]
    assert all(page.status_code == 302 and "/accounts/login/" in page["Location"] for page in pages)
    assert all(act.status_code == 422 and 'type="password"' in act.text for act in acts), "signing in carries it on"
    assert not any("Nell" in response.text for response in (*pages, *acts))
    assert state() == before


def test_acts_answer_to_post_alone(desk: Desk, cora: Client) -> None:
    """But for those that are a page too."""
    acts = {name: cora.get(at(name, args(desk))).status_code for name, args in ACTS.items() if name not in PAGES}
    assert set(acts.values()) == {405}, acts


def test_the_deputy_of_one_scheme_meets_404_in_another(desk: Desk, client: Client) -> None:
    sign_in(client, desk.cast.deputy)
    assert client.get(at("desk", (desk.cast.other_scheme.slug,))).status_code == 404


def test_yesterdays_coordinator_meets_404(desk: Desk, cora: Client) -> None:
    Appointment.objects.filter(person=desk.cast.coordinator.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert cora.get(at("desk", (desk.slug,))).status_code == 404


# --- nobody handles their own ---------------------------------------------------------------------


@pytest.fixture
def own(desk: Desk) -> Membership:
    """The coordinator is a member of the scheme herself."""
    return make_member(desk.cast.scheme, desk.cast.coordinator, make_organisation("Z90099", "Q99"), "applied")


def test_a_coordinator_does_not_check_her_own_membership(desk: Desk, cora: Client, own: Membership) -> None:
    for name in [name for name in ACTS if name.startswith("membership_")]:
        assert cora.post(at(name, (own.pk,)), once()).status_code == 403, name
    assert cora.get(at("membership_check", (own.pk,))).status_code == 403
    own.refresh_from_db()
    assert own.stage == "applied"
    page = cora.get(at("queue", (desk.slug, "memberships"))).text
    assert desk.cast.coordinator.name not in page.partition("<main")[2]


def test_a_coordinator_does_not_read_or_place_her_own_request(desk: Desk, cora: Client, own: Membership) -> None:
    Membership.objects.filter(pk=own.pk).update(stage="active")
    own.refresh_from_db()
    request = ask(own, timezone.now(), desk.cast.deputy)
    assert cora.get(at("request_desk", (request.pk,))).status_code == 403
    choice = {"standing": desk.cast.standing.pk, **once()}
    assert cora.post(at("request_propose", (request.pk,)), choice).status_code == 403
    page = cora.get(at("desk", (desk.slug,))).text
    assert desk.cast.coordinator.name not in page.partition("<main")[2]
    assert not Introduction.objects.filter(request=request).exists()


def test_a_coordinator_who_is_offered_as_a_mentor_learns_nothing_before_the_mentees_yes(
    desk: Desk, cora: Client, own: Membership
) -> None:
    Membership.objects.filter(pk=own.pk).update(stage="active")
    own.refresh_from_db()
    made = introductions.propose(
        desk.waiting,
        make_mentor(own),
        Party.COORDINATOR,
        actor=desk.cast.deputy.pk,
        at=timezone.now(),
        form=UUID(int=7),
    )
    assert cora.get(at("introduction_desk", (made.pk,))).status_code == 404
    assert cora.post(at("introduction_take_back", (made.pk,)), once()).status_code == 404
    page = cora.get(at("queue", (desk.slug, "introductions"))).text
    assert "Wanda Waiting" not in page
    assert "Ines Introduced" in page, "the others stay"


def test_a_coordinator_does_not_introduce_herself(desk: Desk, cora: Client, own: Membership) -> None:
    Membership.objects.filter(pk=own.pk).update(stage="active")
    own.refresh_from_db()
    standing = make_mentor(own)
    page = cora.get(at("request_desk", (desk.waiting.pk,))).text
    assert "Another coordinator can introduce you" in page
    assert str(standing.pk) not in page
    answer = cora.post(at("request_propose", (desk.waiting.pk,)), {"standing": standing.pk, **once()})
    assert answer.status_code == 403
    assert not Introduction.objects.filter(request=desk.waiting).exists()


def test_a_mentor_of_another_scheme_cannot_be_introduced(desk: Desk, cora: Client) -> None:
    Appointment.objects.create(
        scheme=desk.cast.other_scheme, person=desk.cast.coordinator.pk, duty="coordinator", since=timezone.localdate()
    )
    foreign = make_mentor(make_member(desk.cast.other_scheme, make_person("Far Away"), make_organisation("Z90077")))
    answer = cora.post(at("request_propose", (desk.waiting.pk,)), {"standing": foreign.pk, **once()})
    assert answer.status_code == 422
    assert not Introduction.objects.filter(request=desk.waiting).exists()


ABOUT: dict[str, Callable[[Desk], User]] = {
    "membership": lambda desk: desk.membership.user,
    "application": lambda desk: desk.application.membership.user,
    "request_take_in": lambda desk: desk.new_request.membership.user,
    "request": lambda desk: desk.waiting.membership.user,
    "introduction": lambda desk: desk.introduction.request.membership.user,
}


@pytest.mark.parametrize("name", ABOUT)
def test_whom_a_record_is_about_has_no_part_in_what_the_desk_does_with_it(
    desk: Desk, client: Client, name: str
) -> None:
    sign_in(client, ABOUT[name](desk))
    before = state()
    doors = {act: args for act, args in ACTS.items() if act.startswith(name)}
    doors = {act: args for act, args in doors.items() if name == "request_take_in" or act != "request_take_in"}
    answered = {act: client.post(at(act, args(desk)), once()).status_code for act, args in doors.items()}
    assert answered
    assert set(answered.values()) == {403}, answered
    pages = {page: args for page, args in PAGES.items() if page.startswith(name)}
    assert all(client.get(at(page, args(desk))).status_code == 403 for page, args in pages.items())
    assert state() == before


def test_a_mentor_who_was_asked_does_not_take_the_introduction_back(desk: Desk, client: Client) -> None:
    made = desk.introduction
    mentee = made.request.membership.user
    introductions.mentee_accept(
        made, keyring=keyring_of(mentee), actor=mentee.pk, at=timezone.now(), form=once()["once"]
    )
    sign_in(client, made.standing.membership.user)
    before = state()
    assert client.post(at("introduction_take_back", (made.pk,)), once()).status_code == 403
    assert client.get(at("introduction_desk", (made.pk,))).status_code == 403
    assert state() == before


def test_nothing_of_her_own_is_in_a_coordinators_lists(desk: Desk, cora: Client, own: Membership) -> None:
    Membership.objects.filter(pk=own.pk).update(stage="active")
    own.refresh_from_db()
    offer = applications.begin(own, at=timezone.now())
    applications.answer(offer, **OFFER)
    applications.submit(offer, at=timezone.now(), form=once()["once"])
    make_mentor(own)
    room = make_room(desk.cast)
    room.mentorship.mentor = own
    room.mentorship.save()
    for name, args in {
        "desk": (desk.slug,),
        "mentors": (desk.slug,),
        "mentorships": (desk.slug,),
        "queue": (desk.slug, "applications"),
    }.items():
        page = cora.get(at(name, args)).text.partition("<main")[2]
        assert desk.cast.coordinator.name not in page, name
    assert "another coordinator deals with it" in cora.get(at("desk", (desk.slug,))).text
    assert cora.get(at("application", (offer.pk,))).status_code == 403
