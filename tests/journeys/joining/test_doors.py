"""Who may knock where: default deny, sign in first, editors only, and the doors of third parties that are walled up."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from ithaca.access import routes
from ithaca.access.routes import Audience
from ithaca.records.members.models import Membership, MentorStanding
from ithaca.tools.ledger.models import Step
from tests.cast import Cast, make_cast, make_person, sign_in

pytestmark = pytest.mark.django_db
WALLED_UP = [
    "/accounts/3rdparty/",
    "/accounts/3rdparty/signup/",
    "/accounts/social/connections/",
    "/accounts/login/code/confirm/",
    "/accounts/password/set/",
    "/cms/users/",
    "/_util/login/",
]
FOR_MEMBERS = [name for name in routes.ROUTES if name.startswith("joining:") and name != "joining:invitation"]

STEPS = {"joining:membership_step": ["practice"], "joining:offer_step": ["words"]}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.mark.parametrize("path", WALLED_UP)
def test_what_we_do_not_want_is_not_there(client: Client, cast: Cast, path: str) -> None:
    assert client.get(path).status_code == 404
    assert sign_in(client, cast.mentee).get(path).status_code == 404


def test_a_route_without_a_row_does_not_exist(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(client, cast.mentee)
    assert client.get("/account/").status_code == 200
    monkeypatch.delitem(routes.ROUTES, "joining:account")
    assert client.get("/account/").status_code == 404


@pytest.mark.parametrize(
    ("audience", "demo", "status"),
    [(Audience.OFF, True, 404), (Audience.DEMO, False, 404), (Audience.DEMO, True, 200)],
)
def test_a_door_opens_as_its_row_says(
    client: Client,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    settings: object,
    audience: Audience,
    demo: bool,
    status: int,
) -> None:
    monkeypatch.setitem(routes.ROUTES, "joining:account", audience)
    settings.DEMO = demo  # type: ignore[attr-defined]  # pytest-django's
    assert sign_in(client, cast.mentee).get("/account/").status_code == status


@pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/2fa/", "/accounts/sessions/", "/my-mentoring/"])
def test_visitors_sign_in_first_and_come_back(client: Client, path: str) -> None:
    assert client.get(f"{path}?a=b")["Location"] == f"/accounts/login/?next={path.replace('/', '%2F')}%3Fa%3Db"


def test_the_second_step_is_open_to_those_half_way_in(client: Client) -> None:
    assert "next" not in client.get("/accounts/2fa/authenticate/")["Location"]


def test_the_editors_desk_is_for_editors(client: Client) -> None:
    editor = make_person("Edi Tor")
    assert client.get("/cms/")["Location"].startswith("/accounts/login/")
    sign_in(client, editor)
    assert client.get("/cms/").status_code == 404
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert client.get("/cms/").status_code == 200


def paths(member: Membership) -> list[str]:
    """Every page of joining that belongs to one membership."""
    found = []
    for name in FOR_MEMBERS:
        if name.startswith(("joining:membership", "joining:offer")):
            extra = (
                ["practice"] if name == "joining:membership_step" else ["words"] if name == "joining:offer_step" else []
            )
            found.append(reverse(name, args=[member.pk, *extra]))
    return found


def facts() -> list[object]:
    return [*Membership.objects.values(), *MentorStanding.objects.values("stage"), Step.objects.count()]


@pytest.mark.parametrize("who", ["stranger", "mentor", "outsider", "visitor"])
def test_a_strangers_membership_does_not_exist(cast: Cast, who: str) -> None:
    client, user = Client(), cast.people[who]
    if user is not None:
        sign_in(client, user)
    before = facts()
    for path in paths(cast.mentee_member):
        for response in (client.get(path), client.post(path, {"find": "1"})):
            if user is None:
                assert response.status_code == 422 or "/accounts/login/" in response["Location"]
            else:
                only_pressed = response.request["REQUEST_METHOD"] == "GET" and response.get("Allow") == "POST"
                assert response.status_code == (405 if only_pressed else 404), path
    assert facts() == before


def test_a_coordinator_does_not_answer_for_a_member(cast: Cast) -> None:
    client = sign_in(Client(), cast.coordinator)
    for path in paths(cast.mentee_member):
        assert client.post(path, {}).status_code == 403, path


def test_there_are_pages_to_try(cast: Cast) -> None:
    assert len(paths(cast.mentee_member)) == 13
