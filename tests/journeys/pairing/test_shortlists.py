"""Choosing a mentor, or three in an order; and the order the coordinator makes."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.mentorships.models import Introduction
from ithaca.records.schemes.models import Scheme
from tests.cast import Cast, make_cast, sign_in
from tests.journeys.pairing.pages import press, queries_of, text_of, the_list
from tests.records.mentorships.pairs import (
    STORY,
    another_mentor,
    wait,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def choosing() -> Cast:
    return make_cast(proposing=Scheme.Proposing.MENTEE)


def test_a_mentee_chooses_three_in_an_order_and_changes_the_rest(client):
    cast = make_cast(proposing=Scheme.Proposing.MENTEE)
    a, b = (another_mentor(cast.scheme, f"Mentor {letter}", f"Z9300{letter}") for letter in "12")
    row, mentee = wait(cast), sign_in(client, cast.mentee)
    path = f"/requests/{row.pk}/mentors/"
    form = {"once": str(uuid4()), "first": str(cast.standing.pk), "second": str(a.pk), "third": ""}
    twice = press(mentee, path, first=str(a.pk), second=str(a.pk))
    assert (twice.status_code, Introduction.objects.count()) == (422, 0)
    assert "Choose each mentor once" in text_of(twice)
    for _press in range(2):
        made = mentee.post(path, form)["Location"]
    assert Introduction.objects.count() == 2
    assert "Mentor 1" in the_list(text_of(mentee.get(made)))
    press(mentee, f"{made}shortlist/", second=str(b.pk), third=str(a.pk))
    assert the_list(text_of(mentee.get(made)))[-2:] == ["Mentor 2", "Mentor 1"]
    late = press(mentee, path, standing=str(b.pk))
    assert late["Location"] == made
    assert "You've already asked a mentor." in text_of(mentee.get(made))
    press(mentee, f"{made}shortlist/")
    assert Introduction.objects.filter(stage="suggested").count() == 0


def test_a_coordinator_lists_three_and_the_mentee_may_stop_the_list_without_learning_a_name(cast, client):
    a = another_mentor(cast.scheme, "Nia Ward", "Z93001")
    row, cora = wait(cast), sign_in(client, cast.coordinator)
    page = text_of(cora.get(f"/requests/{row.pk}/desk/"))
    assert "Choose up to 3 mentors to try, one after another" in page
    press(cora, f"/requests/{row.pk}/propose/in-order/", first=str(cast.standing.pk), second=str(a.pk))
    made = Introduction.objects.get(rank=1)
    desk = text_of(cora.get(f"/introductions/{made.pk}/desk/"))
    assert "Nia Ward" in the_list(desk)
    assert re.search("The next best was Nia Ward|Nia Ward scored", desk)
    mentee = sign_in(Client(), cast.mentee)
    pages = [text_of(mentee.get(f"/introductions/{made.pk}/{tail}")) for tail in ("", "shortlist/")]
    assert "another mentor in mind" in pages[0]
    assert not [page for page in pages if "Nia" in page]
    press(mentee, f"/introductions/{made.pk}/shortlist/")
    assert Introduction.objects.get(rank=2).stage == "withdrawn"
    press(cora, f"/introductions/{made.pk}/next/desk/", second=str(a.pk))
    assert Introduction.objects.filter(stage="suggested").get().standing == a


def test_the_rules_of_a_scheme_say_which_are_hard(cast, client):
    cast.scheme.matching_policy = {"hard": ["sub_icb"]}
    cast.scheme.save()
    path = f"/schemes/{cast.scheme.slug}/rules/"
    page = text_of(sign_in(client, cast.coordinator).get(path))
    hard, soft = page.split("Also kept apart in this scheme")[1].split("Counts in favour")[:2]
    assert "sub-ICB location" in hard
    assert "sub-ICB location" not in soft
    assert "integrated care board" in soft
    assert sign_in(Client(), cast.mentee).get(path).status_code == 404


def test_a_mentee_chooses_and_the_mentor_is_asked_at_once(choosing, client):
    row = wait(choosing)
    path = f"/requests/{row.pk}/mentors/"
    page = text_of(sign_in(client, choosing.mentee).get(path))
    assert "Choose Omar Reed" in page
    form = {"once": str(uuid4()), "standing": str(choosing.standing.pk)}
    for _ in range(2):
        response = client.post(path, form)
    introduction = Introduction.objects.get()
    assert response["Location"] == f"/introductions/{introduction.pk}/"
    assert introduction.stage == "offered_to_mentor"
    assert STORY in text_of(sign_in(Client(), choosing.mentor).get(f"/introductions/{introduction.pk}/"))


def test_a_mentor_who_is_not_independent_is_not_shown_and_cannot_be_chosen(choosing, client):
    choosing.mentor_member.organisation = choosing.mentee_member.organisation
    choosing.mentor_member.save()
    row = wait(choosing)
    path = f"/requests/{row.pk}/mentors/"
    assert choosing.mentor.name not in text_of(sign_in(client, choosing.mentee).get(path))
    response = client.post(path, {"once": str(uuid4()), "standing": str(choosing.standing.pk)}, follow=True)
    assert "become unavailable" in text_of(response)
    assert Introduction.objects.count() == 0


@pytest.mark.parametrize(
    ("standing", "status"), [("", 422), ("nonsense", 422), ("00000000-0000-0000-0000-000000000007", 404)]
)
def test_a_mentor_who_does_not_exist_cannot_be_chosen(choosing, client, standing, status):
    row = wait(choosing)
    response = press(sign_in(client, choosing.mentee), f"/requests/{row.pk}/mentors/", standing=standing)
    assert response.status_code == status
    assert Introduction.objects.count() == 0


def test_a_mentor_of_another_scheme_cannot_be_chosen(choosing, client):
    other = another_mentor(choosing.other_scheme, "Nia Ward", "Z92000")
    row = wait(choosing)
    response = press(sign_in(client, choosing.mentee), f"/requests/{row.pk}/mentors/", standing=str(other.pk))
    assert response.status_code == 404


def test_where_the_coordinator_proposes_nobody_chooses(cast, client):
    row = wait(cast)
    client = sign_in(client, cast.mentee)
    assert client.get(f"/requests/{row.pk}/mentors/")["Location"] == f"/requests/{row.pk}/"
    press(client, f"/requests/{row.pk}/mentors/", standing=str(cast.standing.pk))
    assert Introduction.objects.count() == 0


def test_one_whose_membership_is_checked_waits_before_choosing(choosing, client):
    row = wait(choosing)
    choosing.mentee_member.stage = "verifying"
    choosing.mentee_member.save()
    client = sign_in(client, choosing.mentee)
    assert "Your membership is being checked" in text_of(client.get(f"/requests/{row.pk}/mentors/", follow=True))
    press(client, f"/requests/{row.pk}/mentors/", standing=str(choosing.standing.pk))
    assert Introduction.objects.count() == 0


def test_choosing_costs_the_same_with_one_mentor_and_with_three(choosing, client, django_assert_max_num_queries):
    row = wait(choosing)
    path = f"/requests/{row.pk}/mentors/"
    sign_in(client, choosing.mentee)
    one = queries_of(client, path, django_assert_max_num_queries)
    for n in range(2):
        another_mentor(choosing.scheme, f"Mentor {n}", f"Z9200{n}")
    assert queries_of(client, path, django_assert_max_num_queries) == one
