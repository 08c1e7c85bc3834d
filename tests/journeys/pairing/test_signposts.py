"""Other help: a page for anyone, the coordinator's choice for one person, and the desk that keeps it right."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ithaca.publishing.editors import make_editor
from ithaca.records.mentorships.pairing.queries.requests import signposts_of
from ithaca.records.schemes.actions import signposts
from ithaca.records.schemes.models import Signpost
from tests.cast import TODAY, Cast, make_cast, make_person, sign_in
from tests.journeys.pairing.pages import text_of
from tests.records.mentorships.pairs import (
    ask,
    fresh,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    found = make_cast()
    signposts.put_up("The team", "team@ithaca.example", timezone.localdate())
    return found


@pytest.mark.parametrize("path", ["/other-help/", "/schemes/managers/other-help/"])
def test_anyone_finds_other_help_by_nation(cast, client, path):
    wales = text_of(client.get(path + "?nation=wales&profession=nurse"))
    assert "116 123" in wales
    assert "Canopi" in wales
    assert "Breathing Space" not in wales
    for odd in ("?nation=\x00", "?nation=atlantis&profession=<b>", "?profession=gp'--"):
        assert client.get(path + odd).status_code == 200


def test_a_scheme_that_is_not_there_has_no_such_page(cast, client):
    assert client.get("/schemes/no-such/other-help/").status_code == 404


@pytest.mark.parametrize("path", ["/schemes/managers/ask/", "/schemes/managers/ask/thanks/"])
def test_the_pages_on_which_one_asks_lead_to_it(cast, client, path):
    assert "/schemes/managers/other-help/" in text_of(client.get(path))


def answer(client: Client, request, **said) -> object:
    return client.post(f"/requests/{request.pk}/answer-otherwise/", {"once": str(uuid4()), "act": "signpost", **said})


def test_the_coordinator_picks_which_fit_and_the_mentee_finds_those_and_no_others(cast, client):
    request, chosen = ask(cast.mentee_member), Signpost.objects.get(name="Samaritans")
    desk = sign_in(Client(), cast.coordinator)
    assert "Samaritans" in text_of(desk.get(f"/requests/{request.pk}/desk/"))
    assert answer(desk, request, signposts=[chosen.pk]).status_code == 302
    assert [sign.name for sign in signposts_of(fresh(request), TODAY)] == ["Samaritans"]
    page = text_of(sign_in(client, cast.mentee).get(f"/requests/{request.pk}/"))
    assert "116 123" in page
    assert "General Practice Management" not in page
    assert b"116" not in bytes(fresh(request).signposts)
    chosen.delete()
    assert client.get(f"/requests/{request.pk}/").status_code == 200


@pytest.mark.parametrize("wrong", [{}, {"signposts": ["nonsense"]}, {"signposts": [str(uuid4())]}])
def test_an_answer_that_leads_nowhere_is_told_at_its_place(cast, wrong):
    request = ask(cast.mentee_member)
    response = answer(sign_in(Client(), cast.coordinator), request, **wrong)
    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert fresh(request).stage == "submitted"


def test_the_desk_sees_what_is_due_and_whose_it_is_and_says_that_it_is_right(cast):
    desk = sign_in(Client(), cast.coordinator)
    late = Signpost.objects.get(name="Samaritans")
    assert "Nothing is due" in text_of(desk.get("/schemes/managers/desk/signposts/"))
    Signpost.objects.filter(pk=late.pk).update(review_on=timezone.localdate() - timedelta(days=400))
    assert "1 to check" in text_of(desk.get("/schemes/managers/desk/"))
    assert "The team is responsible for this one" in text_of(desk.get("/schemes/managers/desk/signposts/"))
    for _ in range(2):
        answered = desk.post(f"/schemes/managers/signposts/{late.pk}/review/", {"once": str(uuid4())}, follow=True)
        assert answered.status_code == 200
    assert "Nothing is due" in text_of(answered)


@pytest.mark.parametrize("who", ["visitor", "mentee", "mentor", "stranger", "outsider"])
def test_nobody_else_keeps_signposts(cast, client, who):
    post = Signpost.objects.get(name="Samaritans")
    if cast.people[who]:
        sign_in(client, cast.people[who])
    page = client.get("/schemes/managers/desk/signposts/")
    act = client.post(f"/schemes/managers/signposts/{post.pk}/review/", {"once": str(uuid4())})
    through_signing_in = (302, 422)
    assert (page.status_code, act.status_code) == (through_signing_in if who == "visitor" else (404, 404))
    assert fresh(post).review_on == post.review_on


def test_an_editor_drafts_previews_and_publishes_a_signpost(cast, client):
    user = make_person("Edie Page")
    make_editor(user)
    client.force_login(user)
    post = Signpost.objects.get(name="Samaritans")
    form = {
        "kind": "talk_now",
        "name": "Samaritans",
        "what": "Words of the editor",
        "telephone": "116 123",
        "url": "https://www.samaritans.org/",
        "profession": "",
        "nation": "",
        "scheme": "",
        "owner": "Edie",
        "owner_email": "edie@ithaca.example",
        "review_on": str(TODAY + timedelta(days=90)),
    }
    edit = f"/cms/snippets/schemes/signpost/edit/{post.pk}/"
    assert client.get("/cms/snippets/schemes/signpost/").status_code == 200
    assert client.get(edit).status_code == 200
    client.post(edit, form)
    assert fresh(post).what != "Words of the editor", "a draft changes nothing that people see"
    assert client.post(f"/cms/snippets/schemes/signpost/preview/{post.pk}/", form).json()["is_valid"]
    assert "Words of the editor" in text_of(client.get(f"/cms/snippets/schemes/signpost/preview/{post.pk}/?mode="))
    client.post(edit, form | {"action-publish": "action-publish"})
    assert fresh(post).what == "Words of the editor"
