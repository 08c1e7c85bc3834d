"""The whole cast knocks at every route, politely and with junk: nobody learns what is not theirs, nothing breaks."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ithaca.access.routes import ROUTES, Audience
from tests.access.test_gate import WHO_IS_WHO
from tests.cast import Cast, make_cast, sign_in
from tests.house.test_routes import ALL
from tests.world import World, make_world

pytestmark = pytest.mark.django_db

# Whole words: four letters turn up by chance in the random tokens of some thousand pages.
SECRETS = re.compile(r"\b(Mina|Omar|Patel|Reed)\b")
PLURALS = {
    "memberships": "membership",
    "applications": "application",
    "enquiries": "enquiry",
    "requests": "request",
    "introductions": "introduction",
    "match-runs": "match_run",
    "mentorships": "mentorship",
    "pairs": "pair",
    "mediations": "mediation",
    "agreements": "contract",
    "sessions": "session",
    "feedback": "feedback",
    "goals": "goal",
    "goal-steps": "action",
    "attachments": "attachment",
    "messages": "own_message",
    "notes": "own_note",
    "sheets": "sheet",
    "standings": "standing",
}
JUNK: list[dict[str, Any]] = [
    {},
    {"once": "not-a-uuid", "version": "x", "standing": "1", "stage": "ended"},
    {"once": str(uuid4()), "name": "\x00", "story": "a\x00b", "words": "\x00", "reason": "\x00", "password": "\x00"},
    dict.fromkeys(("name", "story", "words", "line", "first_name", "place", "practice", "login", "part"), "🙂" * 5000),
    {
        "day_0": "31",
        "day_1": "2",
        "day_2": "99999",
        "clock": "25:61",
        "minutes": "-1",
        "way": "rocket",
        "slots": "never",
    },
]


def noun_of(path: str) -> str | None:
    """The noun of the record behind a path, if it has one."""
    return PLURALS.get(path.split("/")[0]) if "<uuid:pk>" in path else None


def addresses(world: World) -> Iterator[tuple[str, str | None, str]]:
    """Yield (route name, noun, address of this world's own record) for each route of ours."""
    samples = {"slug": world.cast.scheme.slug, "step": "practice", "page": "reasons", "queue": "requests"}
    samples |= {"check": "experience", "kind": "members", "act": "pause", "extension": "csv"}
    for path, name in ALL:
        if name not in ROUTES:
            continue
        noun = noun_of(path)
        asked = [(kind, key) for kind, key in re.findall(r"<(\w+):(\w+)>", path) if key != "pk"]
        keys = {key: samples.get(key) or (str(uuid4()) if kind == "uuid" else "no-such") for kind, key in asked}
        if noun:
            keys["pk"] = str(world.records[noun].pk)
        elif "<uuid:pk>" in path:
            keys["pk"] = str(uuid4())
        yield name, noun, reverse(name, kwargs=keys)


@pytest.fixture
def world() -> World:
    return make_world(make_cast())


def clients(cast: Cast) -> dict[str, Client]:
    found = {}
    for player, user in cast.people.items():
        client = Client(raise_request_exception=False)
        found[player] = sign_in(client, user) if user else client
    return found


def test_whoever_has_no_part_in_a_record_finds_nothing(world: World) -> None:
    everyone = clients(world.cast)
    knocks = 0
    for name, noun, address in addresses(world):
        if noun is None:
            continue
        for player, client in everyone.items():
            if player in WHO_IS_WHO[noun]:
                continue
            for answer in (client.get(address), client.post(address, {"once": str(uuid4())})):
                knocks += 1
                own = user.name if (user := world.cast.people[player]) else ""  # the frame greets people by their name
                told = answer.content.decode(errors="replace").replace(own, "") if own else answer.content.decode()
                assert not SECRETS.findall(told), (name, player)
                if answer.status_code == 405:
                    assert answer.request["REQUEST_METHOD"] not in answer["Allow"], (name, player)
                elif player == "visitor":
                    assert answer.status_code in {302, 404, 422}, (name, player, answer.status_code)
                else:
                    assert answer.status_code == 404, (name, player, answer.status_code)
    assert knocks > 300
    print(f"{knocks} knocks by people with no part in the record")  # noqa: T201 - the count is part of the evidence


def test_a_visitor_is_asked_to_sign_in_before_anything(world: World) -> None:
    for name, _noun, address in addresses(world):
        if ROUTES[name] is Audience.SIGNED_IN:
            answer = Client().get(address)
            assert answer.status_code in {302, 404, 405}, (name, answer.status_code)
            if answer.status_code == 302:
                assert "/accounts/login/" in answer["Location"], name


def test_no_door_of_the_demo_opens_outside_it(world: World) -> None:
    for name, _noun, address in addresses(world):
        if ROUTES[name] is Audience.DEMO:
            assert Client().get(address).status_code == 404, name


def test_nobody_breaks_a_page_with_junk(world: World) -> None:
    everyone = clients(world.cast)
    tried = 0
    for name, _noun, address in addresses(world):
        for player in ("visitor", "mentee", "mentor", "coordinator"):
            client = everyone[player]
            if name == "signing_in:unlock_start_again":
                continue  # this one is meant to destroy; its own tests try it
            answers = [client.get(address), client.post(address, JUNK[0])]
            if answers[1].status_code not in (403, 404):  # nobody whom the gate sends away comes as far as the form
                answers += [client.post(address, junk) for junk in JUNK[1:]]
            tried += len(answers)
            broken = [answer.status_code for answer in answers if answer.status_code >= 500]
            assert not broken, (name, player, broken)
    print(f"{tried} polite and junk requests, none answered with a 500")  # noqa: T201 - evidence


def test_a_body_of_20_mb_is_refused_before_it_is_read(world: World) -> None:
    client = sign_in(Client(), world.cast.mentee)
    answer = client.post("/account/details/", b"x" * 20_000_000, content_type="application/octet-stream")
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()
