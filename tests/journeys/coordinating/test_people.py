"""Members and mentors at the desk: found by name, put on hold with a word of why, and let go on."""

from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ithaca.records.members.models import Membership, MentorStanding, User
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import requests
from ithaca.tools.post.models import OutboxLetter
from tests.cast import make_member, make_person, sign_in
from tests.journeys.coordinating.world import DESK, Desk, once


def at(name: str, *args: Any) -> str:
    return reverse(DESK[name], args=args)


def test_every_member_is_found_by_the_first_letter_a_page_at_a_time(desk: Desk, cora: Client) -> None:
    for number in range(60):
        make_member(desk.cast.scheme, make_person(f"Zed Number{number:02}"), None)
    page = at("members", desk.slug)
    assert "Anna Offering" in cora.get(page).text
    assert "Zed Number59" not in cora.get(f"{page}?letter=Z").text
    assert "Zed Number59" in cora.get(f"{page}?letter=Z&page=2").text
    assert "Anna Offering" not in cora.get(f"{page}?letter=Z").text
    for wrong in ("?letter=Q", "?page=99", "?page=x"):
        assert cora.get(f"{page}{wrong}").status_code == 404


def find(client: Client, slug: str, called: str, status: int = 200) -> str:
    answer = client.post(at("members", slug), {"called": called, **once()})
    assert answer.status_code == status
    return " ".join(answer.text.partition("<main")[2].split())


def test_a_member_is_found_by_any_part_of_name_or_practice_in_any_case_and_accent(desk: Desk, cora: Client) -> None:
    make_member(desk.cast.scheme, make_person("Élodie O'Neill"), None)
    Membership.objects.filter(user__name="Stella Fox").update(organisation=None, unlisted_practice="Elm Tree Surgery")
    for called in ("elodie", "NEILL", "o'ne", " Élodie "):
        page = find(cora, desk.slug, called)
        assert "Élodie O&#x27;Neill" in page, called
        assert "Anna Offering" not in page, called
    for called in ("elm tree", "surgery fox", "STELLA elm"):
        assert "Stella Fox" in find(cora, desk.slug, called), called
    code = desk.cast.mentor_member.organisation_id
    assert code
    assert "Omar Reed" in find(cora, desk.slug, code.lower())
    assert "1 member found." in find(cora, desk.slug, "stella")
    none = find(cora, desk.slug, "<b>zz")
    assert "Nobody here has “&lt;b&gt;zz” in their name or organisation." in none
    assert "Show everyone" in none
    assert "Otto" not in find(cora, desk.slug, "berg"), "who is no member is not found"
    for nothing in ("", "   "):
        assert "There is a problem" in find(cora, desk.slug, nothing, 422)
    assert "Find a member by name or organisation" not in cora.get(f"{at('desk', desk.slug)}").text


def test_a_thousand_members_are_looked_through_in_as_many_queries_as_five(desk: Desk, cora: Client) -> None:
    def counted(called: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            find(cora, desk.slug, called)
        return len(asked)

    counted("x")
    few = counted("number")
    people = User.objects.bulk_create(
        User(name=f"Zed Number{one:04}", email=f"z{one}@crowd.example", password="!") for one in range(1000)
    )
    Membership.objects.bulk_create(
        Membership(scheme=desk.cast.scheme, user=person, stage="active", profession="practice_manager")
        for person in people
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as both databases do by themselves in time
    assert counted("number") == few
    page = find(cora, desk.slug, "number")
    assert "Showing 50 of 1000." in page
    assert "Zed Number0049" in page
    assert "Zed Number0050" not in page


def test_a_membership_is_put_on_hold_with_a_word_of_why_and_goes_on(desk: Desk, cora: Client) -> None:
    member = desk.cast.mentor_member
    page = at("membership_check", member.pk)
    assert cora.post(at("membership_suspend", member.pk), once()).status_code == 422
    cora.post(at("membership_suspend", member.pk), {"notice": "left_post", **once()})
    member.refresh_from_db()
    assert (member.stage, member.notice) == ("suspended", "left_post")
    assert OutboxLetter.objects.get(kind="membership_on_hold").address == desk.cast.mentor.email
    assert "You're no longer in your post" in unescape(sign_in(Client(), desk.cast.mentor).get("/my-mentoring/").text)
    assert "We've told them:" in cora.get(page).text
    cora.post(at("membership_reinstate", member.pk), once())
    member.refresh_from_db()
    assert (member.stage, member.notice) == ("active", "")
    assert cora.post(at("membership_reinstate", member.pk), once()).status_code == 409


@pytest.mark.parametrize(
    ("stop", "go_on", "stage"), [("pause", "resume", "paused"), ("suspend", "reinstate", "suspended")]
)
def test_an_offer_is_put_on_hold_and_opened_again(desk: Desk, cora: Client, stop: str, go_on: str, stage: str) -> None:
    standing = desk.cast.standing
    assert at("standing", standing.pk) in cora.get(at("mentors", desk.slug)).text
    cora.post(at("standing_hold", standing.pk, stop), {"notice": "talk_first", **once()})
    standing.refresh_from_db()
    assert (standing.stage, standing.notice) == (stage, "talk_first")
    told = sign_in(Client(), desk.cast.mentor).get(reverse("joining:offer", args=[standing.membership_id])).text
    assert "We'd like to talk to you first" in unescape(told)
    form = once()
    assert [cora.post(at("standing_hold", standing.pk, go_on), form).status_code for _ in range(2)] == [302, 302]
    standing.refresh_from_db()
    assert (standing.stage, standing.notice) == ("available", "")


def test_an_act_that_is_none_is_not_found(desk: Desk, cora: Client) -> None:
    assert cora.post(at("standing_hold", desk.cast.standing.pk, "promote"), once()).status_code == 404


def test_a_request_that_was_closed_is_listed_and_opened_again_at_its_old_date(desk: Desk, cora: Client) -> None:
    request = desk.waiting
    asked_on = request.asked_on
    requests.answer_otherwise(
        request, "close_unplaced", actor=desk.cast.deputy.pk, at=request.stage_since, form=once()["once"]
    )
    assert "Wanda Waiting" in cora.get(at("queue", desk.slug, "closed")).text
    assert "Reopen this request" in cora.get(at("request_phone_answer", request.pk)).text
    cora.post(at("request_open_again", request.pk), once())
    request = MentoringRequest.objects.get(pk=request.pk)
    assert (request.stage, request.asked_on) == ("waiting", asked_on)
    assert cora.post(at("request_open_again", request.pk), once()).status_code == 409


def test_nobody_else_opens_these(desk: Desk, client: Client) -> None:
    sign_in(client, desk.cast.outsider)
    standing, member = desk.cast.standing.pk, desk.cast.mentor_member.pk
    assert client.get(at("members", desk.slug)).status_code == 404
    assert client.get(at("standing", standing)).status_code == 404
    assert client.post(at("standing_hold", standing, "pause"), {"notice": "agreed", **once()}).status_code == 404
    assert client.post(at("membership_suspend", member), {"notice": "agreed", **once()}).status_code == 404
    assert MentorStanding.objects.get(pk=standing).stage == "available"
    assert Membership.objects.get(pk=member).stage == "active"
