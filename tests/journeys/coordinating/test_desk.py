"""The desk itself: what stands on it, in which order, and what never does."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.models import Enquiry, Introduction, MentoringRequest, Session
from ithaca.records.mentorships.overview.queries.desk import mentorships
from ithaca.records.schemes.models import Appointment
from tests.cast import Cast, make_cast, make_member, make_mentor, make_organisation, make_person, sign_in
from tests.journeys.coordinating.world import (
    DESK,
    LETTER,
    Desk,
    make_applicant,
    make_desk,
    make_enquiry,
    make_offer,
    make_request,
)
from tests.room import STORY, Room, make_room

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


def body(client: Client, name: str, *args: object, **query: str) -> str:
    """The main part of a page."""
    return client.get(reverse(DESK[name], args=args), query).text.partition("<main")[2]


def test_each_queue_shows_its_record_with_the_next_act(desk: Desk, cora: Client) -> None:
    page = body(cora, "desk", desk.slug)
    for name, record in {
        "enquiry": desk.enquiry,
        "membership_check": desk.membership,
        "application": desk.application,
        "request_desk": desk.new_request,
        "introduction_desk": desk.introduction,
    }.items():
        assert f'href="{reverse(DESK[name], args=[record.pk])}"' in page, name
    assert f'href="{reverse("coordinating:request_desk", args=[desk.waiting.pk])}"' in page
    assert "Ines Introduced and Second Mentor" in page
    assert "Asked the mentee" in page


def test_the_oldest_comes_first_and_is_marked_when_late(desk: Desk, cora: Client) -> None:
    now = timezone.now()
    make_applicant(desk.cast, "Older Applicant", "Z90101", now - timedelta(days=9))
    page = body(cora, "desk", desk.slug)
    assert page.index("Older Applicant") < page.index("Max Applying")
    assert page.count("Overdue") == 1, "only the one that has waited more than two working days"


def test_an_introduction_is_late_when_its_answer_is_overdue(desk: Desk, cora: Client) -> None:
    assert "Overdue" not in body(cora, "queue", desk.slug, "introductions")
    Introduction.objects.filter(pk=desk.introduction.pk).update(answer_by=timezone.localdate())
    assert "Overdue" not in body(cora, "queue", desk.slug, "introductions"), "the last day is still in time"
    Introduction.objects.filter(pk=desk.introduction.pk).update(answer_by=timezone.localdate() - timedelta(days=1))
    assert "Overdue" in body(cora, "queue", desk.slug, "introductions")


def test_no_word_of_content_is_on_the_desk(desk: Desk, cora: Client) -> None:
    make_room(desk.cast)
    pages = [body(cora, "desk", desk.slug), *(body(cora, "queue", desk.slug, queue) for queue in QUEUES)]
    pages += [body(cora, "mentors", desk.slug), body(cora, "mentorships", desk.slug)]
    for page in pages:
        for content in (STORY, LETTER.line, LETTER.reach_at, LETTER.first_name, "closed a practice"):
            assert content not in page


def test_a_mentorship_shows_how_often_they_met_and_the_month_alone(desk: Desk, cora: Client) -> None:
    room = make_room(desk.cast)
    hold(room, 1, "2026-09-17T15:00:00Z")
    hold(room, 2, "2026-10-29T15:00:00Z")
    page = body(cora, "mentorships", desk.slug)
    assert "2, the last in October 2026" in page
    assert "29" not in page
    assert "Mina Patel" in page
    (line,) = mentorships(desk.cast.scheme, desk.cast.coordinator.pk, 0, 5).lines
    assert line.last_month == date(2026, 10, 1), "the day does not even reach the page"


def hold(room: Room, number: int, at: str) -> None:
    session = Session(mentorship=room.mentorship, number=number, stage="held", proposed_by=room.mentee.pk)
    session.starts_at = datetime.fromisoformat(at)
    session.way = Session.way.seal(session, "video")
    session.save()


def test_a_mentors_room_counts_live_offers_and_live_mentorships(desk: Desk, cora: Client) -> None:
    make_room(desk.cast)
    page = " ".join(body(cora, "mentors", desk.slug).split())
    assert page.count("1 of 2") == 2, "Omar has a mentorship, the second mentor an offer"
    MentorStanding.objects.filter(pk=desk.cast.standing.pk).update(stage="on_leave")
    page = body(cora, "mentors", desk.slug)
    assert "Away for now" in page


def test_the_numbers_are_those_of_the_rows(desk: Desk, cora: Client) -> None:
    MentoringRequest.objects.filter(pk=desk.waiting.pk).update(asked_on=timezone.localdate() - timedelta(days=20))
    page = " ".join(body(cora, "desk", desk.slug).split())
    assert number(page, "Waiting for a mentor") == "2", "one in the queue and one just in; the introduced one is not"
    assert number(page, "Longest wait") == "20 days"
    assert number(page, "Half have waited at least") == "10 days"
    assert number(page, "Mentors with free places") == "2 of 2"
    assert number(page, "Free places") == "3", "two and two, but one is held by an offer"


def number(page: str, heading: str) -> str:
    return page.partition(heading)[2].partition("<td")[2].partition(">")[2].partition("<")[0].strip()


def test_an_empty_desk_says_what_will_be_here(client: Client, db: None) -> None:
    cast = make_cast()
    sign_in(client, cast.outsider)
    page = body(client, "desk", cast.other_scheme.slug)
    assert page.count("There's nothing to do here.") == len(QUEUES)
    assert "Invite your first mentor" in page
    for queue in QUEUES:
        assert "There's nothing to do here." in body(client, "queue", cast.other_scheme.slug, queue)


def header(client: Client, address: str) -> str:
    return client.get(address).text.partition("<main")[0]


def test_the_header_leads_to_the_desk_from_every_page_of_a_coordinator_and_of_nobody_else(
    desk: Desk, cora: Client
) -> None:
    link = f'href="{reverse("coordinating:desk", args=[desk.slug])}"'
    assert link in header(cora, reverse("joining:home"))
    assert link in header(cora, reverse("joining:account"))
    assert link not in header(Client(), "/accounts/login/")
    member = Client()
    sign_in(member, desk.cast.mentee)
    assert "/desk/" not in header(member, reverse("joining:home"))


def test_the_header_names_the_desks_of_who_has_two(desk: Desk, cora: Client) -> None:
    Appointment.objects.create(
        scheme=desk.cast.other_scheme, person=desk.cast.coordinator.pk, duty="deputy", since=timezone.localdate()
    )
    page = header(cora, reverse("joining:account"))
    assert f"Desk: {desk.cast.scheme.name}" in page
    assert f"Desk: {desk.cast.other_scheme.name}" in page


def test_who_coordinates_two_schemes_can_go_from_one_desk_to_the_other(desk: Desk, cora: Client) -> None:
    assert "Your other desks" not in body(cora, "desk", desk.slug)
    Appointment.objects.create(
        scheme=desk.cast.other_scheme, person=desk.cast.coordinator.pk, duty="deputy", since=timezone.localdate()
    )
    page = body(cora, "desk", desk.slug)
    assert reverse("coordinating:desk", args=[desk.cast.other_scheme.slug]) in page
    assert "Max Applying" not in body(cora, "desk", desk.cast.other_scheme.slug)


def test_a_scheme_calls_its_mentees_by_its_own_word(client: Client, db: None) -> None:
    desk = make_desk(make_cast(mentee_word="protégé"))
    sign_in(client, desk.cast.coordinator)
    assert "Asked the protégé" in body(client, "desk", desk.slug)


# --- thousands ------------------------------------------------------------------------------------


def test_long_queues_come_a_page_at_a_time(desk: Desk, cora: Client) -> None:
    today = timezone.localdate()
    for i in range(120):
        enquiry = Enquiry(scheme=desk.cast.scheme, asked_on=today - timedelta(days=300 - i), letter=desk.enquiry.letter)
        enquiry.save()
    assert "See all 121" in body(cora, "desk", desk.slug)
    assert body(cora, "desk", desk.slug).count("Someone without an account</span>") == 5
    assert body(cora, "queue", desk.slug, "enquiries").count("Someone without an account</span>") == 50
    assert body(cora, "queue", desk.slug, "enquiries", page="3").count("Someone without an account</span>") == 21
    address = reverse("coordinating:queue", args=[desk.slug, "enquiries"])
    for nonsense in ("4", "0", "-1", "two", "9" * 30, "²"):
        assert cora.get(address, {"page": nonsense}).status_code == 404, nonsense


def test_a_queue_that_does_not_exist_is_not_found(desk: Desk, cora: Client) -> None:
    assert cora.get(reverse("coordinating:queue", args=[desk.slug, "nonsense"])).status_code == 404


PAGES = {"desk": 25, "queue": 12, "mentors": 12, "mentorships": 12, "invitations": 12}


def crowd(cast: Cast, number: int) -> None:
    """One more record in every queue and list."""
    now, code = timezone.now(), f"Z802{number:02}"
    make_enquiry(cast, now)
    make_applicant(cast, f"Applicant {number}", f"{code}A"[:8], now)
    make_offer(cast, f"Offerer {number}", f"{code}B"[:8], now)
    make_request(cast, f"Newcomer {number}", f"{code}C"[:8], now, taken_in=False)
    make_request(cast, f"Waiter {number}", f"{code}D"[:8], now)
    member = make_member(cast.scheme, make_person(f"Mentor {number}"), make_organisation(f"{code}E"[:8]))
    make_mentor(member)


@pytest.mark.parametrize("name", PAGES)
def test_the_number_of_queries_does_not_grow(desk: Desk, cora: Client, name: str) -> None:
    places = [[desk.slug, queue] for queue in QUEUES] if name == "queue" else [[desk.slug]]

    def counted() -> list[int]:
        counts = []
        for args in places:
            with CaptureQueriesContext(connection) as captured:
                assert cora.get(reverse(DESK[name], args=args)).status_code == 200
            counts.append(len(captured))
        return counts

    counted()  # the first visit fills caches of its own
    before = counted()
    crowd(desk.cast, 1)
    crowd(desk.cast, 2)
    after = counted()
    assert after == before
    assert max(after) <= PAGES[name], after
