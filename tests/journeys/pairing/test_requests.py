"""Requests in the browser: begun, sent, withdrawn, and kept from strangers."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ithaca.records.mentorships.models import Agreement, MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing.actions import requests
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, sign_in
from tests.journeys.pairing.pages import begin, press, text_of
from tests.records.mentorships.pairs import (
    STORY,
    another_member,
    fresh,
    wait,
)

pytestmark = pytest.mark.django_db


def test_a_request_without_a_reason_is_not_sent(cast, mina):
    row = requests.begin(cast.mentee_member, at=NOW, form=uuid4())
    response = mina.post(f"/requests/{row.pk}/check/", {"once": str(uuid4())})
    assert response.status_code == 422
    assert fresh(row).stage == "draft"


def test_a_change_never_moves_the_place_in_the_queue(cast, mina):
    row = wait(cast, at=NOW - timedelta(days=40))
    mina.post(f"/requests/{row.pk}/roles/edit/", {"roles": ["guide"], "version": row.version})
    assert fresh(row).asked_on == timezone.localdate(NOW - timedelta(days=40))


def test_withdrawing_takes_one_press_and_pressing_twice_is_as_once(cast, mina):
    row, form = wait(cast), {"once": str(uuid4())}
    for _ in range(2):
        response = mina.post(f"/requests/{row.pk}/withdraw/", form, follow=True)
        assert response.status_code == 200
    assert "You withdrew this request" in text_of(response)
    assert (fresh(row).stage, fresh(row).answers, fresh(row).story) == ("withdrawn", None, None)


def test_one_whose_membership_is_checked_may_ask_and_one_whose_is_over_may_not(cast, client):
    for stage, allowed in (("verifying", True), ("applied", True), ("lapsed", False), ("withdrawn", False)):
        MentoringRequest.objects.all().delete()
        cast.mentee_member.stage = stage
        cast.mentee_member.save()
        sign_in(client, cast.mentee).post(
            "/schemes/managers/requests/new/", {"once": str(uuid4()), "reasons": ["new_in_post"]}
        )
        assert MentoringRequest.objects.exists() is allowed, stage


def test_one_answer_is_enough_and_without_it_nothing_is_begun(cast, mina):
    path = "/schemes/managers/requests/new/"
    page = mina.post(path, {"once": str(uuid4()), "send": "1"})
    assert page.status_code == 422
    assert "Error: " in text_of(page)
    assert not MentoringRequest.objects.exists()
    said = {"once": str(uuid4()), "reasons": ["under_pressure"], "send": "1"}
    for _ in range(2):
        assert mina.post(path, said)["Location"] == f"/requests/{MentoringRequest.objects.get().pk}/"
    row = MentoringRequest.objects.get()
    assert (row.stage, answers_of(row).reasons) == ("submitted", ("under_pressure",))
    assert OutboxLetter.objects.filter(kind="request_arrived").count() == 1


def test_where_mentees_choose_one_answer_leads_to_the_mentors(cast, mina):
    cast.scheme.proposing = "mentee"
    cast.scheme.save()
    said = {"once": str(uuid4()), "reasons": ["under_pressure"], "send": "1"}
    page = mina.post("/schemes/managers/requests/new/", said, follow=True)
    assert "Omar Reed" in text_of(page)


def test_who_has_not_joined_joins_first_and_comes_back_to_ask(cast, client):
    sign_in(client, cast.outsider)
    away = client.get("/schemes/managers/requests/new/")
    assert away["Location"] == "/schemes/managers/join/?next=%2Fschemes%2Fmanagers%2Frequests%2Fnew%2F"
    assert 'name="next" value="/schemes/managers/requests/new/"' in client.get(away["Location"]).content.decode()


def test_a_member_has_one_open_request(cast, mina):
    assert begin(mina, cast) == begin(mina, cast)
    assert MentoringRequest.objects.count() == 1


PAGES = ("", "check/", "reasons/edit/", "story/edit/", "people/edit/", "mentors/")


ACTS = ("check/", "reasons/edit/", "story/edit/", "withdraw/", "reopen/", "mentors/")


@pytest.mark.parametrize("who", ["visitor", "mentor", "coordinator", "deputy", "stranger", "outsider"])
def test_nobody_else_reads_or_changes_a_request(cast, client, who):
    row = wait(cast)
    before = (row.stage, row.version)
    user = cast.people[who]
    if user:
        sign_in(client, user)
    for page in PAGES:
        response = client.get(f"/requests/{row.pk}/{page}")
        if page == "" and who in ("coordinator", "deputy"):
            assert response["Location"] == f"/requests/{row.pk}/desk/", "they have a page of their own"
        else:
            assert response.status_code == {"visitor": 302, "coordinator": 403, "deputy": 403}.get(who, 404), page
        assert STORY not in response.content.decode()
    for act in ACTS:
        response = client.post(
            f"/requests/{row.pk}/{act}", {"once": str(uuid4()), "reasons": ["big_change"], "version": "3"}
        )
        assert response.status_code == {"visitor": 422, "coordinator": 403, "deputy": 403}.get(who, 404), act
    assert (fresh(row).stage, fresh(row).version) == before


def test_a_request_that_does_not_exist_is_not_found(cast, mina):
    assert mina.get(f"/requests/{UUID(int=7)}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_request_page_costs_the_same_however_many_wait(cast, mina, count, django_assert_max_num_queries):
    row = wait(cast)
    for n in range(count):
        wait(cast, another_member(cast.scheme, f"Person {n}", f"Z9100{n}"))
    with django_assert_max_num_queries(20):
        assert mina.get(f"/requests/{row.pk}/").status_code == 200


def test_coordinators_are_told_of_a_request_and_never_of_their_own(cast, client):
    member = another_member(cast.scheme, "Ann Gray", "Z90040")
    from ithaca.records.schemes.models import Appointment

    Appointment.objects.create(scheme=cast.scheme, person=member.user_id, duty="coordinator", since="2026-01-01")
    row = requests.begin(member, at=NOW, form=uuid4())
    requests.change_answers(row, 1, reasons=("big_change",))
    requests.submit(row, actor=member.user_id, at=NOW, form=uuid4())
    told = OutboxLetter.objects.filter(kind="request_to_read").values_list("recipient", flat=True)
    assert set(told) == {cast.coordinator.pk, cast.deputy.pk}


def test_one_conversation_is_asked_for_and_changed(cast, mina):
    path = f"/schemes/{cast.scheme.slug}/requests/new/"
    assert press(mina, path, kind="nonsense", reasons="new_in_post").status_code == 422
    press(mina, path, kind="one_off", reasons="new_in_post")
    row = MentoringRequest.objects.get()
    assert row.one_off
    assert press(mina, f"/requests/{row.pk}/kind/", kind="mentor").status_code == 302
    assert not fresh(row).one_off
    assert press(mina, f"/requests/{row.pk}/kind/").status_code == 422


def test_the_room_of_one_conversation_shows_ground_rules_and_no_agreement(cast, mina):
    row = Mentorship.objects.create(
        scheme=cast.scheme, mentee=cast.mentee_member, mentor=cast.mentor_member, began_on=NOW.date(), one_off=True
    )
    page = text_of(mina.get(f"/mentorships/{row.pk}/"))
    assert "Ground rules for your conversation" in page
    assert "Read the agreement" not in page
    for path in ("agreement/", "agreement/print/"):
        assert mina.get(f"/mentorships/{row.pk}/{path}").status_code == 302
    said = mina.post(f"/mentorships/{row.pk}/go-on/", {"once": str(uuid4())}, follow=True)
    assert "You've said you'd like to carry on" in text_of(said)
    omar = sign_in(Client(), cast.mentor)
    assert "I'd like to carry on" in text_of(omar.get(f"/mentorships/{row.pk}/")), "the other learns nothing"
    assert sign_in(Client(), cast.stranger).post(f"/mentorships/{row.pk}/go-on/").status_code == 404
    omar.post(f"/mentorships/{row.pk}/go-on/", {"once": str(uuid4())})
    assert (fresh(row).one_off, Agreement.objects.filter(mentorship=row).count()) == (False, 1)
