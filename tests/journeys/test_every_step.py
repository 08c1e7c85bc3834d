"""Every step of the stage tables, taken by a request of someone who may, and refused for everyone else.

The steps are read from the tables: one that nobody knows how to take fails here. Each is tried in a world of its own
that is rolled back, and is done when the ledger has it, as the step that was asked for, by the party that took it.
"""

from dataclasses import replace

import pytest
from django.test import Client

from ithaca.access.policy import STAGED
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party, Row
from ithaca.tools.ledger.models import Step
from tests.cast import Cast, make_cast, sign_in
from tests.journeys.steps import Press
from tests.journeys.ways import ELSEWHERE, FROM, PARTS, SCENES, WAYS, Way
from tests.undone import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def clients(cast: Cast) -> dict[str, Client]:
    found = {name: Client(raise_request_exception=False) for name in cast.people}
    return {name: sign_in(found[name], user) if user else found[name] for name, user in cast.people.items()}


@pytest.mark.parametrize("noun", SCENES)
def test_whoever_may_takes_the_step(noun: str, cast: Cast, clients: dict[str, Client]) -> None:
    count = 0
    for row, by in _steps(noun):
        way = _way(noun, row, by)
        who = way.who or (PARTS[noun][by][0] if by in PARTS[noun] else "visitor")
        with undone():
            if noun == "introduction" and way.begin == "" and row.frm in ("accepted", "first_chat", "no_show"):
                Scheme.objects.filter(pk=cast.scheme.pk).update(first_chat=True)
            scene = SCENES[noun](cast, way.begin or row.frm)
            status = way(scene, clients[who])
            step = Step.objects.filter(noun=noun, act=row.act, by=by, frm=row.frm).first()
            assert step is not None, f"{noun}: {by} cannot {row.act} when {row.frm} (answer {status})"
            assert step.to == row.to
            assert status == (302 if isinstance(way, Press) else 200), (row, status)
        count += 1
    print(f"{noun}: {count} steps taken by those who may")  # noqa: T201 - the count is part of the evidence


@pytest.mark.parametrize("noun", SCENES)
def test_whoever_may_not_is_refused(noun: str, cast: Cast, clients: dict[str, Client]) -> None:
    """Each form is sent by everyone at every stage: the ledger gains only what the table allows."""
    table, count = STAGED[noun], 0
    presses = {
        (act, by): way for (of, act, by), way in WAYS.items() if of == noun and isinstance(way, Press) and not way.who
    }
    parts = {name: party for party, names in PARTS[noun].items() for name in names}
    for stage in table.stages:
        with undone():
            scene = SCENES[noun](cast, stage)
            for (act, by), way in presses.items():
                unprepared = replace(way, change=None)
                for name, client in clients.items():
                    if name == "deputy":  # whatever a coordinator may, and no more
                        continue
                    party = parts.get(name)
                    if party is not None and table.allows(stage, act, party):
                        continue
                    with undone():
                        status = unprepared(scene, client)
                        gained = Step.objects.filter(noun=noun, subject=scene.row.pk, act=act, by=by, frm=stage)
                        assert not gained.exists(), f"{noun}: {name} did {act} when {stage}"
                        assert status in (302, 403, 404, 409, 422), (name, act, stage, status)
                        if party is None and name != "visitor" and not way.slug and way.pk == "row":
                            assert status == 404, (name, act, stage, status)
                    count += 1
    print(f"{noun}: {count} refused")  # noqa: T201 - the count is part of the evidence


def test_each_step_has_a_way() -> None:
    steps = {(noun, row.act, by) for noun in SCENES for row, by in _steps(noun)}
    assert not {str(step) for step in steps - set(WAYS)}, "nobody knows how these are taken"
    assert not {str(step) for step in set(WAYS) - steps}, "no table has these"


def _way(noun: str, row: Row, by: Party) -> Way:
    return FROM.get((noun, row.act, by, row.frm)) or WAYS[noun, row.act, by]


def _steps(noun: str) -> list[tuple[Row, Party]]:
    return [(row, by) for row in STAGED[noun].rows for by in sorted(row.by) if (noun, row.act, by) not in ELSEWHERE]
