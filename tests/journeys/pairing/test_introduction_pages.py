"""Choosing and answering in the browser: who may, what they see, and that pressing twice is as once."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ithaca.records.mentorships.models import Introduction, Mentorship
from ithaca.records.mentorships.pairing.queries.introductions import chat_of
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post.models import OutboxLetter
from tests.cast import Cast, keyring_of, make_cast, sign_in
from tests.records.mentorships.pairs import (
    STORY,
    accept_as_mentor,
    another_member,
    another_mentor,
    asked,
    fresh,
    offered,
    propose,
    wait,
)

pytestmark = pytest.mark.django_db
OTHERS = ["visitor", "coordinator", "deputy", "stranger", "outsider"]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def press(client: Client, path: str, **more):
    return client.post(path, {"once": str(uuid4()), **more})


def came_to_chat(cast: Cast) -> Introduction:
    Scheme.objects.filter(pk=cast.scheme.pk).update(first_chat=True)
    introduction = asked(cast)
    accept_as_mentor(introduction)
    return fresh(introduction)


def test_the_mentee_reads_of_the_mentor_and_why_and_says_yes(cast, client):
    introduction = offered(cast)
    path = f"/introductions/{introduction.pk}/"
    page = text_of(sign_in(client, cast.mentee).get(path))
    assert "Omar Reed" in page
    assert "They can be your guide." in page
    form = {"once": str(uuid4())}
    for _ in range(2):
        assert client.post(f"{path}accept/", form)["Location"] == path
    assert fresh(introduction).stage == "offered_to_mentor"


def test_the_mentor_finds_nothing_before_the_mentees_yes(cast, client):
    introduction = offered(cast)
    sign_in(client, cast.mentor)
    for path in ("", "decline/", "chat/arrange/"):
        response = client.get(f"/introductions/{introduction.pk}/{path}")
        assert response.status_code == 404
        assert cast.mentee.name not in response.content.decode()
    assert press(client, f"/introductions/{introduction.pk}/accept/").status_code == 404


def test_the_mentor_reads_who_it_is_and_their_story_and_says_yes(cast, client):
    introduction = asked(cast)
    path = f"/introductions/{introduction.pk}/"
    page = text_of(sign_in(client, cast.mentor).get(path))
    assert cast.mentee.name in page
    assert STORY in page
    form = {"once": str(uuid4())}
    for _ in range(2):
        assert client.post(f"{path}accept/", form).status_code == 302
    assert Mentorship.objects.get().pk == introduction.pk
    assert client.get(path)["Location"] == f"/mentorships/{introduction.pk}/"


def test_a_locked_mentee_is_asked_to_unlock_and_their_yes_goes_on(cast, client):
    introduction = offered(cast)
    response = press(sign_in(client, cast.mentee, locked=True), f"/introductions/{introduction.pk}/accept/")
    assert fresh(introduction).stage == "offered_to_mentee"
    assert "password" in text_of(response)


@pytest.mark.parametrize("locked", [False, True])
def test_a_no_is_one_press_away_locked_or_not_and_its_reason_is_ones_own(cast, client, locked):
    introduction = asked(cast)
    sign_in(client, cast.mentor, locked=locked)
    path = f"/introductions/{introduction.pk}/decline/"
    assert ("not_now" in text_of(client.get(path))) is not locked
    form = {"once": str(uuid4()), "reason": "not_now"}
    for _ in range(2):
        assert client.post(path, form).status_code == 302
    row = fresh(introduction)
    assert row.stage == "declined_privately"
    assert (row.reason is None) is locked
    page = text_of(sign_in(Client(), cast.mentee).get(f"/introductions/{row.pk}/"))
    assert "This introduction is over" in page
    assert "not a good time" not in page


def test_a_reason_that_is_not_on_the_list_is_refused_at_the_field(cast, client):
    introduction = asked(cast)
    response = press(sign_in(client, cast.mentor), f"/introductions/{introduction.pk}/decline/", reason="\x00boo")
    assert response.status_code == 422
    assert fresh(introduction).stage == "offered_to_mentor"


def test_an_answer_that_comes_too_late_is_told_clearly(cast, client):
    introduction = asked(cast)
    Introduction.objects.update(stage="expired")
    response = press(sign_in(client, cast.mentor), f"/introductions/{introduction.pk}/accept/")
    assert response.status_code == 409
    assert Mentorship.objects.count() == 0


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_or_answers_an_introduction(cast, client, who):
    introduction = came_to_chat(cast)
    user = cast.people[who]
    if user:
        sign_in(client, user)
    for path in ("", "decline/", "chat/arrange/"):
        response = client.get(f"/introductions/{introduction.pk}/{path}")
        if path == "" and who in ("coordinator", "deputy"):
            assert response["Location"] == f"/introductions/{introduction.pk}/desk/", "they have a page of their own"
        else:
            assert response.status_code == {"visitor": 302, "coordinator": 403, "deputy": 403}.get(who, 404), path
        assert STORY not in response.content.decode()
    for path in ("accept/", "decline/", "chat/arrange/", "chat/miss/", "confirm/"):
        press(client, f"/introductions/{introduction.pk}/{path}")
    row = fresh(introduction)
    assert (row.stage, row.mentee_confirmed_at, row.mentor_confirmed_at) == ("accepted", None, None)


@pytest.mark.parametrize("act", ["accept/", "chat/miss/", "confirm/"])
def test_a_get_never_acts(cast, client, act):
    introduction = asked(cast)
    assert sign_in(client, cast.mentor).get(f"/introductions/{introduction.pk}/{act}").status_code == 405


# --- the first chat -------------------------------------------------------------------------------


def chat(days: int = 3, **changes) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=days)
    form = {"day_0": day.day, "day_1": day.month, "day_2": day.year, "time": "1:30pm", "way": "phone", "place": "1"}
    return {key: str(value) for key, value in (form | changes).items()}


def test_the_two_find_a_time_and_both_say_yes(cast, client):
    introduction = came_to_chat(cast)
    path = f"/introductions/{introduction.pk}/"
    mentee, mentor = sign_in(client, cast.mentee), sign_in(Client(), cast.mentor)
    press(mentee, f"{path}chat/arrange/", **chat())
    local = timezone.localtime(fresh(introduction).chat_at)
    assert (local.hour, local.minute) == (13, 30)
    assert 'value="13:30"' in text_of(mentor.get(f"{path}chat/arrange/"))
    press(mentor, f"{path}chat/arrange/", **chat(4, time="09.15", place=""))
    assert chat_of(fresh(introduction)).place == "", "who has no link of their own need not invent one"
    page = text_of(mentor.get(path))
    assert page.count(f'href="{path}decline/"') == 1, "a no stands beside the yes, once"
    assert page.index("Yes, let us go on") < page.index("No, thank you")
    assert "Your first chat: " in text_of(mentee.get("/my-mentoring/")), "the card says when"
    press(mentee, f"{path}confirm/")
    assert "You said yes" not in text_of(mentor.get(path))
    press(mentor, f"{path}confirm/")
    assert Mentorship.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        chat(-1),
        chat(100),
        chat(time="noonish"),
        chat(time=""),
        chat(way="pigeon"),
        chat(place="x" * 301),
        chat(place="\x00"),
        chat(day_0="31", day_1="2"),
        chat(day_2="99999999"),
    ],
)
def test_a_chat_that_cannot_be_is_refused_at_its_field(cast, client, wrong):
    introduction = came_to_chat(cast)
    response = press(sign_in(client, cast.mentee), f"/introductions/{introduction.pk}/chat/arrange/", **wrong)
    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert fresh(introduction).stage == "accepted"


# --- choosing -------------------------------------------------------------------------------------


@pytest.fixture
def choosing() -> Cast:
    return make_cast(proposing=Scheme.Proposing.MENTEE)


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


def queries_of(client: Client, path: str, counter) -> int:
    with counter(60) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


def test_choosing_costs_the_same_with_one_mentor_and_with_three(choosing, client, django_assert_max_num_queries):
    row = wait(choosing)
    path = f"/requests/{row.pk}/mentors/"
    sign_in(client, choosing.mentee)
    one = queries_of(client, path, django_assert_max_num_queries)
    for n in range(2):
        another_mentor(choosing.scheme, f"Mentor {n}", f"Z9200{n}")
    assert queries_of(client, path, django_assert_max_num_queries) == one


def test_the_pages_of_a_pair_cost_the_same_whoever_else_is_introduced(cast, client, django_assert_max_num_queries):
    introduction = asked(cast)
    paths = [f"/introductions/{introduction.pk}/", f"/requests/{introduction.request_id}/"]
    sign_in(client, cast.mentee)
    before = [queries_of(client, path, django_assert_max_num_queries) for path in paths]
    for n in range(2):
        standing = another_mentor(cast.scheme, f"Mentor {n}", f"Z9200{n}")
        row = wait(cast, another_member(cast.scheme, f"Person {n}", f"Z9100{n}"))
        propose(cast, row, standing)
    assert [queries_of(client, path, django_assert_max_num_queries) for path in paths] == before


def test_letters_name_nobody_and_say_by_when(cast):
    introduction = asked(cast)
    accept_as_mentor(introduction)
    names = {word for user in cast.people.values() if user for word in user.name.split()}
    for letter in OutboxLetter.objects.all():
        said = f"{letter.subject} {letter.text} {letter.html}"
        assert not [name for name in names if re.search(rf"\b{name}\b", said)], letter.kind
        assert len(re.findall(r"https?://", letter.text)) == 1
        assert STORY not in said
    wanted = OutboxLetter.objects.filter(kind="answer_wanted", recipient=cast.mentor.pk).get()
    assert "Monday 30 November" in wanted.subject


def test_reasons_open_for_their_author_alone(cast, client):
    introduction = asked(cast)
    press(sign_in(client, cast.mentor), f"/introductions/{introduction.pk}/decline/", reason="conflict")
    row = fresh(introduction)
    noted = keyring_of(cast.mentor).open_private("introduction.reason", row.pk, row.reason)
    assert json.loads(noted) == {"kind": "conflict", "words": ""}
