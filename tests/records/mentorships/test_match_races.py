"""Coordinators who ask for the match of their scheme at the same moment."""

from uuid import uuid4

import pytest

from ithaca.records.mentorships.matching.actions import match_runs
from ithaca.records.mentorships.models import MatchRun
from tests.cast import NOW, make_cast
from tests.records.mentorships.pairs import wait
from tests.records.mentorships.test_places import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_four_who_begin_at_once_get_one_run_and_three_can_tell_that_it_is_not_theirs() -> None:
    cast, forms = make_cast(), [uuid4() for _ in range(4)]
    wait(cast)
    people = [cast.coordinator.pk, cast.deputy.pk] * 2
    came_to = at_once(
        *[
            lambda by=by, form=form: match_runs.begin(cast.scheme, seen=None, actor=by, clock=lambda: NOW, form=form)
            for by, form in zip(people, forms, strict=True)
        ]
    )
    run = MatchRun.objects.get()
    assert run.stage == "done"
    assert [getattr(one, "pk", one) for one in came_to] == [run.pk] * 4
    assert (run.pk in forms, people[forms.index(run.pk)]) == (True, run.made_by)
