"""Every form of joining, with what nobody should type: a message at the field, nothing lost, nothing half-written."""

from itertools import product
from typing import Any

import pytest
from django.test import Client

from ithaca.records.members.actions import applications
from ithaca.records.members.models import Exclusion, Membership, MentorApplication, MentorStanding, User
from ithaca.tools.ledger.models import Step
from tests.cast import NOW, Cast, make_cast, sign_in
from tests.journeys.joining.pages import text_of
from tests.undone import undone

pytestmark = pytest.mark.django_db
LONG, NUL, EMOJI = "x" * 5000, "a\x00b", "🙂" * 3
WRONG = [LONG, NUL, EMOJI, ["a", "b"], "<b>", "' OR 1=1 --", "%s%n", "-1", "9" * 40]
FORMS: dict[str, dict[str, Any]] = {
    # path: the fields, filled in well
    "/account/details/": {"name": "Mina", "telephone": "01632 960 001"},
    "/account/keep-away/": {"name": "Omar", "practice": "Z90002", "email": "x@y.example"},
    "/unlock/start-again/": {"password": "long-enough-words-1", "sure": "on"},
    "/memberships/{draft}/questions/profession/": {"profession": "gp"},
    "/memberships/{draft}/questions/practice/": {"practice": "Z90002", "unlisted": "", "organisation": "", "find": "1"},
    "/memberships/{draft}/questions/registration/": {"registration_number": "1234567"},
    "/memberships/{draft}/questions/post/": {
        "took_up_post_on_0": "1",
        "took_up_post_on_1": "2",
        "took_up_post_on_2": "2020",
    },
    "/memberships/{own}/questions/subscription/": {
        "subscriber_name": "A",
        "subscriber_number": "B",
        "valid_until_0": "1",
        "valid_until_1": "2",
        "valid_until_2": "2099",
    },
    "/memberships/{member}/offer/words/": {"own_words": "Calm."},
    "/memberships/{member}/offer/roles/": {"roles": "guide"},
    "/memberships/{member}/offer/knowledge/": {"topics": "staff", "reasons": "new_in_post"},
    "/memberships/{member}/offer/times/": {"slots": "mon-am", "ways": "phone", "languages": "en"},
    "/memberships/{member}/offer/capacity/": {"capacity": "2"},
    "/accounts/signup/": {"name": "Nia", "email": "nia@x.example", "password1": "long-enough-words-1"},
    "/accounts/login/": {"login": "mina.patel@practice.example", "password": "x"},
    "/accounts/password/reset/": {"email": "nia@x.example"},
    "/accounts/email/": {"email": "nia@x.example", "action_add": ""},
    "/accounts/password/change/": {"oldpassword": "long-enough-words-1", "password1": "another-good-one-2"},
}
FREE_OF_EMPTY = {"/memberships/{draft}/questions/post/"}
"""Forms whose every answer is optional."""

World = tuple[Cast, dict[str, Any]]


@pytest.fixture
def world() -> World:
    """Mina with a membership, an offer begun, and two applications to join."""
    cast = make_cast()
    cast.other_scheme.professions, cast.other_scheme.joining = ["gp", "nurse"], "role"
    cast.other_scheme.save()
    draft = Membership.objects.create(scheme=cast.other_scheme, user=cast.mentee, profession="gp", applied_at=NOW)
    own = Membership.objects.create(
        scheme=make_cast_scheme(), user=cast.mentee, profession="practice_manager", applied_at=NOW
    )
    applications.begin(cast.mentee_member, at=NOW)
    return cast, {"draft": draft.pk, "own": own.pk, "member": cast.mentee_member.pk}


def make_cast_scheme() -> Any:
    from tests.cast import make_scheme

    return make_scheme("third")


def facts() -> list[object]:
    models = (User, Membership, MentorApplication, MentorStanding, Exclusion, Step)
    return [list(model.objects.order_by("pk").values().exclude(pk=None)) for model in models]


def knock(world: World, path: str, data: dict[str, Any]) -> Any:
    cast, keys = world
    client = Client()
    if not path.startswith(("/accounts/signup", "/accounts/login", "/accounts/password/reset")):
        sign_in(client, cast.mentee)
    before = facts()
    response = client.post(path.format(**keys), data)
    return response, before == facts() or response.status_code == 302


def test_an_empty_form_says_what_is_wanted(world: World) -> None:
    for path in FORMS:
        if path in FREE_OF_EMPTY:
            continue
        data = {"find": "1"} if "practice" in path else {"action_add": ""} if "/email/" in path else {}
        with undone():
            response, unchanged = knock(world, path, data)
            assert response.status_code == (200 if path.startswith("/accounts/") else 422), path
            assert unchanged, path
            assert "There is a problem" in text_of(response), path
            assert "<title>Error: " in text_of(response), path


@pytest.mark.parametrize("path", FORMS)
def test_no_answer_is_a_fault(world: World, path: str) -> None:
    for field, wrong in product(FORMS[path], WRONG):
        with undone():
            response, whole = knock(world, path, {**FORMS[path], field: wrong})
            assert response.status_code in (200, 302, 422), (field, wrong, response.status_code)
            assert whole, (field, wrong)
            said = response.status_code == 422 and isinstance(wrong, str) and wrong not in (LONG, NUL)
            if said and "password" not in field:
                assert "There is a problem" in text_of(response), (field, wrong)


@pytest.mark.parametrize("path", FORMS)
def test_what_was_typed_well_is_still_there(world: World, path: str) -> None:
    """With one field wrong, the page that comes back holds the others as they were typed."""
    for field in FORMS[path]:
        with undone():
            response, _ = knock(world, path, {**FORMS[path], field: NUL})
            if response.status_code not in (200, 422):
                continue
            page = response.content.decode()
            for name, value in FORMS[path].items():
                kept_back = "password" in name or name in ("find", "action_add", "sure", "organisation") or not value
                if name != field and not kept_back:
                    assert value in page, (field, name)
