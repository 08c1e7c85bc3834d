"""Pages of what one knows already, and of what else one could do: told at its place, kept from strangers."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from ithaca.records.members.models import PersonalInvitation
from ithaca.records.mentorships.models import Agreement, Finding, Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, Cast, make_cast, sign_in
from tests.records.mentorships.pairs import ask, fresh, wait

pytestmark = pytest.mark.django_db
NEW = "new.mentor@elsewhere.example"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def mina(cast: Cast, client: Client) -> Client:
    return sign_in(client, cast.mentee)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def post(client: Client, path: str, **said) -> object:
    return client.post(path, {"once": str(uuid4())} | said)


def test_naming_a_mentor_and_a_stranger_looks_the_same(cast, mina):
    request = wait(cast)
    pages = []
    for address in (cast.mentor.email, NEW):
        response = mina.post(f"/requests/{request.pk}/found/", {"email": address, "once": str(uuid4())}, follow=True)
        assert response.status_code == 200
        pages.append(text_of(response).replace(address, "them").split("<main")[1].split("csrf")[0])
    assert pages[0] == pages[1]
    assert "You named" in text_of(mina.get(f"/requests/{request.pk}/"))


@pytest.mark.parametrize("wrong", ["", "nobody", "mina.patel@practice.example", "a\x00@b.example"])
def test_a_wrong_address_is_told_at_its_place(cast, mina, wrong):
    request = wait(cast)
    response = post(mina, f"/requests/{request.pk}/found/", email=wrong)
    assert response.status_code == 422
    assert "<title>Error: " in text_of(response)
    assert Finding.objects.count() == 0


def test_who_is_named_may_say_no_without_an_account(cast, mina):
    request = wait(cast)
    post(mina, f"/requests/{request.pk}/found/", email=NEW)
    path = OutboxLetter.objects.get(kind="wanted_as_mentor").text.split("http://localhost:8000")[-1].split()[0]
    path = "/invitations/" + path.split("/invitations/")[1]
    visitor = Client()
    page = text_of(visitor.get(path))
    assert "Someone who knows you" in page
    assert cast.mentee.name not in page
    for _ in range(2):
        assert "Thank you for letting us know" in text_of(visitor.post(f"{path}decline/"))
    assert PersonalInvitation.objects.get().declined_at is not None
    assert visitor.get(path).status_code == 410
    assert visitor.post("/invitations/nonsense/decline/").status_code == 410
    assert visitor.get(f"{path}decline/").status_code == 405


def test_someone_one_has_heard_of_is_looked_for_by_name(cast, mina):
    request = wait(cast)
    path = f"/requests/{request.pk}/prefers/"
    assert "Nobody who can be found" in text_of(post(mina, path, name="Omar", look="1"))
    cast.standing.listed = True
    cast.standing.save()
    assert "Omar Reed" in text_of(post(mina, path, name="omar", look="1"))
    answer = post(mina, path, name="omar", mentor=str(cast.standing.pk), version=str(fresh(request).version))
    assert answer.status_code == 302
    assert answers_of(fresh(request)).prefers == cast.standing.pk
    assert "Omar Reed" in text_of(mina.get(f"/requests/{request.pk}/"))
    assert post(mina, path, mentor=str(uuid4())).status_code == 422
    assert post(mina, path, version=str(fresh(request).version)).status_code == 302
    assert answers_of(fresh(request)).prefers is None, "an empty page is nobody"


def test_someone_named_over_a_change_in_another_window_is_saved_at_the_second_press(cast, mina):
    request = wait(cast)
    path, said = f"/requests/{request.pk}/prefers/", {"address": NEW, "version": str(fresh(request).version)}
    post(mina, f"/requests/{request.pk}/kind/", kind="one_off", version=said["version"])
    answer = post(mina, path, **said)
    assert answer.status_code == 409
    again = answer.context["form"]
    assert post(mina, path, address=again["address"].value(), version=again["version"].value()).status_code == 302
    assert answers_of(fresh(request)).prefers_address == NEW


def test_an_address_is_matched_and_neither_confirmed_nor_denied(cast, mina):
    request = wait(cast)
    pages = []
    for address in (cast.mentor.email, NEW):
        said = {"address": address, "version": str(fresh(request).version), "once": str(uuid4())}
        response = mina.post(f"/requests/{request.pk}/prefers/", said, follow=True)
        pages.append(text_of(response).replace(address, "them").split("<main")[1].split("csrf")[0])
        matched = answers_of(fresh(request)).prefers
        assert matched == (cast.standing.pk if address == cast.mentor.email else None)
    assert pages[0] == pages[1]
    assert "Omar" not in pages[0]


def test_one_conversation_is_asked_for_and_changed(cast, mina):
    path = f"/schemes/{cast.scheme.slug}/requests/new/"
    assert post(mina, path, kind="nonsense", reasons="new_in_post").status_code == 422
    post(mina, path, kind="one_off", reasons="new_in_post")
    row = MentoringRequest.objects.get()
    assert row.one_off
    assert post(mina, f"/requests/{row.pk}/kind/", kind="mentor").status_code == 302
    assert not fresh(row).one_off
    assert post(mina, f"/requests/{row.pk}/kind/").status_code == 422


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
    assert "You’ve said you’d like to carry on" in text_of(said)
    omar = sign_in(Client(), cast.mentor)
    assert "I’d like to carry on" in text_of(omar.get(f"/mentorships/{row.pk}/")), "the other learns nothing"
    assert sign_in(Client(), cast.stranger).post(f"/mentorships/{row.pk}/go-on/").status_code == 404
    omar.post(f"/mentorships/{row.pk}/go-on/", {"once": str(uuid4())})
    assert (fresh(row).one_off, Agreement.objects.filter(mentorship=row).count()) == (False, 1)


# --- what else one could do -----------------------------------------------------------------------


def test_the_coordinator_tells_and_the_mentee_chooses(cast, mina):
    request = wait(cast)
    desk = sign_in(Client(), cast.coordinator)
    for _ in range(2):
        assert post(desk, f"/requests/{request.pk}/say-unlikely/").status_code == 302
    page = text_of(mina.get(f"/requests/{request.pk}/alternatives/"))
    assert "We are sorry" in page
    assert post(mina, f"/requests/{request.pk}/alternatives/").status_code == 422
    assert post(mina, f"/requests/{request.pk}/alternatives/", code="bribe").status_code == 422
    assert post(mina, f"/requests/{request.pk}/alternatives/", code="groups").status_code == 302
    assert "a local group" in text_of(desk.get(f"/requests/{request.pk}/desk/"))


def test_a_neighbouring_scheme_needs_consent(cast, mina):
    request = wait(cast)
    path = f"/requests/{request.pk}/elsewhere/"
    chosen = post(mina, f"/requests/{request.pk}/alternatives/", code="neighbour")
    assert chosen["Location"] == path
    assert post(mina, path, scheme="neighbours").status_code == 422
    assert post(mina, path, scheme=cast.scheme.slug, consent="on").status_code == 422
    assert MentoringRequest.objects.count() == 1, "nothing goes anywhere without a yes"
    post(mina, f"/requests/{request.pk}/prefers/", address=NEW, version=str(fresh(request).version))
    assert post(mina, path, scheme="neighbours", consent="on").status_code == 302
    made = MentoringRequest.objects.get(membership__scheme=cast.other_scheme, stage="draft")
    assert answers_of(made).prefers_address == "", "whom one has heard of stays behind"


def test_when_it_is_too_late_the_pages_lead_back(cast, mina):
    request = wait(cast)
    MentoringRequest.objects.update(stage="introducing")
    for page in ("alternatives/", "elsewhere/", "found/", "kind/"):
        assert mina.get(f"/requests/{request.pk}/{page}")["Location"] == f"/requests/{request.pk}/", page
    assert post(mina, f"/requests/{request.pk}/alternatives/", code="wait").status_code == 409
    assert post(mina, f"/requests/{request.pk}/found/", email=NEW).status_code == 409


@pytest.mark.parametrize("who", ["visitor", "mentor", "coordinator", "stranger", "outsider"])
def test_nobody_else_finds_names_or_chooses(cast, client, who):
    request = wait(cast)
    if cast.people[who]:
        sign_in(client, cast.people[who])
    for page in ("alternatives/", "elsewhere/", "found/", "kind/", "prefers/"):
        response = client.get(f"/requests/{request.pk}/{page}")
        assert response.status_code == {"visitor": 302, "coordinator": 403}.get(who, 404), page
        assert cast.mentee.name not in text_of(response)
        post(client, f"/requests/{request.pk}/{page}", code="wait", email=NEW, kind="one_off", address=NEW)
    if who != "coordinator":
        post(client, f"/requests/{request.pk}/say-unlikely/")
    row = fresh(request)
    assert (row.alternative, row.one_off, row.escalated_on, row.version) == ("", False, None, request.version)
    assert Finding.objects.count() == Introduction.objects.count() == 0


def test_a_mentor_says_whether_they_may_be_found_by_name(cast):
    omar = sign_in(Client(), cast.mentor)
    path = f"/memberships/{cast.mentor_member.pk}/offer/"
    assert "can't find you by name" in text_of(omar.get(path))
    omar.post(f"{path}list/", {"listed": "1"})
    assert fresh(cast.standing).listed
    omar.post(f"{path}list/")
    assert not fresh(cast.standing).listed
    assert sign_in(Client(), cast.mentee).post(f"{path}list/", {"listed": "1"}).status_code == 404


def test_a_request_that_does_not_exist_is_not_found(mina):
    for page in ("alternatives/", "elsewhere/", "found/", "kind/", "prefers/"):
        assert mina.get(f"/requests/{UUID(int=7)}/{page}").status_code == 404


def test_a_draft_can_be_tied_to_someone_found(cast, mina):
    request = ask(cast.mentee_member)
    MentoringRequest.objects.update(stage="draft")
    assert "Say who it is, and register together" in text_of(mina.get(f"/requests/{request.pk}/check/"))
