"""Nobody handles their own match: each door of the desk, tried by coordinators on what is theirs.

The doors are taken from the table of addresses, so a new page or act is tried as soon as it is there.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from ithaca.records.members.models import Membership, MentorApplication, MentorStanding
from ithaca.records.mentorships.importing import downloads
from ithaca.records.mentorships.models import Introduction, MentoringRequest, Mentorship, Sheet
from ithaca.records.schemes.models import Appointment
from ithaca.tools.ledger.models import Step
from tests.access.test_knocking import PLURALS
from tests.cast import TODAY, make_cast, sign_in
from tests.house.test_routes import ALL
from tests.world import World, make_world

pytestmark = pytest.mark.django_db

THEIRS = {
    "mentee": ("membership", "request", "introduction", "mentorship", "contract", "session", "ending"),
    "mentor": ("application", "standing", "introduction", "mentorship", "contract", "session", "ending"),
}
SAMPLES = {"check": "experience", "act": "pause", "kind": "members", "extension": "csv", "queue": "waiting"}
SAY_WHO_WORKS_HERE = ("configuring:team", "configuring:mailbox")
CHOICES = {"notice": "agreed", "answer": "withdraw", "what": "practice", "act": "signpost", "code": "Z90001"}


@pytest.fixture
def world() -> World:
    """The pair of the world, both of whom coordinate the scheme as well."""
    world = make_world(make_cast())
    for person in (world.cast.mentee, world.cast.mentor):
        since = TODAY - timedelta(days=400)
        Appointment.objects.create(scheme=world.cast.scheme, person=person.pk, duty="coordinator", since=since)
    return world


def doors() -> Iterator[tuple[str, str]]:
    """Every route of the desk, and its path."""
    yield from ((name, path) for path, name in ALL if name.startswith("coordinating:"))


def address(name: str, path: str, world: World, noun: str | None) -> str:
    keys: dict[str, Any] = {key: SAMPLES[key] for key in re.findall(r"<\w+:(\w+)>", path) if key in SAMPLES}
    if "<slug:slug>" in path:
        keys["slug"] = world.cast.scheme.slug
    if "<uuid:pk>" in path:
        keys["pk"] = world.records[noun].pk if noun else uuid4()
    return reverse(name, kwargs=keys)


def state() -> list[Any]:
    """What a desk could change."""
    rows: list[type[models.Model]] = [Membership, MentorApplication, MentorStanding, MentoringRequest, Introduction]
    return [list(model._default_manager.order_by("pk").values()) for model in (*rows, Mentorship, Sheet, Step)]


@pytest.mark.parametrize("player", THEIRS)
def test_no_page_and_no_act_of_the_desk_opens_ones_own(world: World, player: str) -> None:
    browser = sign_in(Client(), world.cast.people[player])
    before, tried = state(), 0
    for name, path in doors():
        noun = PLURALS.get(path.split("/")[0]) if "<uuid:pk>" in path else None
        if noun not in THEIRS[player]:
            continue
        tried += 1
        here = address(name, path, world, noun)
        answers = {browser.get(here).status_code, browser.post(here, CHOICES | {"once": uuid4()}).status_code}
        assert answers <= {403, 404, 405}, name
        assert answers & {403, 404}, name
    assert tried > 10
    assert state() == before
    print(f"{tried} doors of the desk tried by a coordinator who is the {player}")  # noqa: T201 - evidence


@pytest.mark.parametrize("player", THEIRS)
def test_no_list_of_the_desk_names_oneself(world: World, player: str) -> None:
    me = world.cast.people[player]
    assert me is not None
    browser, tried = sign_in(Client(), me), 0
    MentoringRequest.objects.update(stage="waiting")
    Introduction.objects.update(stage="offered_to_mentor")
    pages = [(name, path) for name, path in doors() if "<slug:slug>" in path and "<uuid:pk>" not in path]
    for name, path in pages:
        queues = ("enquiries", "memberships", "applications", "triage", "waiting", "closed", "introductions")
        for queue in queues if "<slug:queue>" in path else ("",):
            SAMPLES["queue"] = queue or "waiting"
            answer = browser.get(address(name, path, world, None), follow=True)
            if answer.status_code != 200 or name in SAY_WHO_WORKS_HERE:
                continue
            tried += 1
            shown = answer.content.decode("utf-8-sig", errors="replace").partition("<main")[2]
            assert me.name not in shown, (name, queue)
            assert me.email not in shown, (name, queue)
    assert tried > 12
    for kind in ("members", "mentors", "waiting", "pairs"):
        assert me.email not in str(list(downloads.rows(kind, world.cast.scheme, me.pk)))
    print(f"{tried} pages of the desk read by a coordinator who is the {player}")  # noqa: T201 - evidence
