"""The match of a scheme as a run: begun, worked out, changed, proposed, taken up again after a crash."""

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from ithaca.records.members.actions import standings
from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.mentorships.matching import jobs
from ithaca.records.mentorships.matching.actions import carry_out_match_run, match_runs
from ithaca.records.mentorships.matching.queries import best_match
from ithaca.records.mentorships.matching.queries.match_runs import (
    News,
    answer_of,
    current_run,
    facts_of,
    news_of,
    outcome_of,
    wishes_of,
)
from ithaca.records.mentorships.matching.run_contents import (
    Answer,
    MatchChange,
    Said,
    answer_from_json,
    answer_to_json,
    outcome_to_json,
)
from ithaca.records.mentorships.models import Introduction, MatchRun, MentoringRequest
from ithaca.records.mentorships.pairing.actions import requests as requests_actions
from ithaca.records.mentorships.pairing.queries.candidates import Reason
from ithaca.records.stages import Impossible
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.ledger.actions import Reused
from tests.cast import NOW, Cast, make_cast
from tests.records.mentorships.pairs import another_member, another_mentor, fresh, propose, wait

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Omar and Nia have one place each."""
    cast = make_cast()
    MentorStanding.objects.update(capacity=1)
    return cast


def three_wait(cast: Cast) -> tuple[MentoringRequest, ...]:
    """Mina has waited longest; Ivy asked for Omar by name; Una came last."""
    return (
        wait(cast, at=NOW - timedelta(days=40)),
        wait(cast, another_member(cast.scheme, "Ivy Cole", "Z90011"), NOW - timedelta(9), prefers=cast.standing.pk),
        wait(cast, another_member(cast.scheme, "Una Low", "Z90012"), NOW - timedelta(days=2)),
    )


def begin(cast: Cast, form: UUID | None = None, at: datetime = NOW) -> MatchRun:
    seen = current_run(cast.scheme)
    by = {"seen": seen and seen.pk, "actor": cast.coordinator.pk, "clock": lambda: at}
    return fresh(match_runs.begin(cast.scheme, form=form or uuid4(), **by))


def wish(cast: Cast, kind: str, *pairs: tuple[UUID, UUID]) -> MatchChange:
    return MatchChange(uuid4(), kind, pairs, cast.coordinator.pk)


def change(cast: Cast, run: MatchRun, made: MatchChange, form: UUID | None = None) -> MatchRun:
    match_runs.change(run, made, run.version, clock=lambda: NOW, form=form or uuid4())
    return fresh(run)


def tick(cast: Cast, run: MatchRun, *requests: UUID, form: UUID | None = None, everyone: bool = False) -> list[str]:
    """Propose these requests' mentors; what became of each tick so far."""
    ticked = None if everyone else requests
    match_runs.propose(run, ticked, run.version, actor=cast.coordinator.pk, clock=lambda: NOW, form=form or uuid4())
    return [one.said for one in outcome_of(fresh(run))]


def told(run: MatchRun) -> Answer:
    answer = answer_of(fresh(run))
    assert answer is not None
    return answer


def news(cast: Cast, run: MatchRun) -> News:
    run = fresh(run)
    return news_of(told(run), outcome_of(run), facts_of(cast.scheme))


def has(run: MatchRun) -> dict[UUID, UUID]:
    return {one.request: one.standing for one in told(run).pairs}


def test_a_small_match_is_there_at_once_and_is_the_best(cast: Cast) -> None:
    nia = another_mentor(cast.scheme, "Nia Ward", "Z90010", capacity=1)
    mina, ivy, una = three_wait(cast)
    run = begin(cast)
    answer = told(run)
    assert (run.stage, run.rules_version, run.done, run.total) == ("done", "standard-1", 100, 100)
    assert has(run) == {mina.pk: nia.pk, ivy.pk: cast.standing.pk}
    assert [one.request for one in answer.waiting] == [una.pk]
    assert answer.proved
    assert answer.total == answer.bound
    assert answer.longest == 2
    assert [one.since for one in answer.pairs] == [mina.asked_on, ivy.asked_on]
    assert all(one.suits == sum(part.points for part in one.parts) for one in answer.pairs)
    assert answer_to_json(answer_from_json(answer_to_json(answer))) == answer_to_json(answer)
    assert b"pairs" not in bytes(run.answer)


def test_a_second_press_finds_the_first_and_a_new_one_empties_the_old(cast: Cast) -> None:
    three_wait(cast)
    form = uuid4()
    run = begin(cast, form)
    assert begin(cast, form) == run
    newer = begin(cast)
    old = fresh(run)
    assert (old.stage, old.answer, old.changes) == ("superseded", None, None)
    assert MatchRun.objects.exclude(stage="superseded").get() == newer
    with pytest.raises(Reused):
        match_runs.begin(cast.other_scheme, seen=None, actor=cast.outsider.pk, clock=lambda: NOW, form=newer.pk)


def test_while_one_is_under_way_a_press_leads_to_it(cast: Cast) -> None:
    three_wait(cast)
    running = MatchRun.objects.create(scheme=cast.scheme, made_by=cast.deputy.pk, stage="running")
    assert begin(cast) == running
    assert MatchRun.objects.count() == 1


def test_a_large_match_is_left_to_the_worker(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    three_wait(cast)
    handed: list[str] = []
    monkeypatch.setattr(match_runs, "AT_ONCE", 2)
    monkeypatch.setattr(type(carry_out_match_run.work), "enqueue", lambda _self, pk: handed.append(pk))
    run = begin(cast)
    assert (run.stage, handed) == ("queued", [str(run.pk)])
    carry_out_match_run.work.func(handed[0])
    assert fresh(run).stage == "done"
    carry_out_match_run.work.func(handed[0])
    assert fresh(run).version == run.version + 1, "done twice, it is worked out once"


@pytest.mark.parametrize("stage", ["queued", "running"])
def test_what_a_killed_process_left_is_taken_up_again_and_given_up_at_last(cast: Cast, stage: str) -> None:
    three_wait(cast)
    run = MatchRun.objects.create(scheme=cast.scheme, made_by=cast.deputy.pk, stage=stage, beat_at=NOW, tries=2)
    assert jobs.take_up_match_runs(NOW + timedelta(minutes=14)) == 0
    assert jobs.take_up_match_runs(NOW + timedelta(minutes=16)) == 1
    assert fresh(run).stage == "done"
    MatchRun.objects.update(stage=stage, tries=3, beat_at=NOW)
    assert jobs.take_up_match_runs(NOW + timedelta(minutes=16)) == 1
    assert (fresh(run).stage, fresh(run).problem) == ("failed", "lost")
    assert begin(cast).stage == "done", "after a failure it can be begun again"


def test_rules_that_cannot_be_used_fail_the_run_and_say_so(cast: Cast) -> None:
    three_wait(cast)
    cast.scheme.matching_policy = {"floor": -1}
    cast.scheme.save()
    run = begin(cast)
    assert (run.stage, run.problem, run.answer) == ("failed", "rules", None)


def test_whatever_breaks_the_run_does_not_stay_under_way(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "whom it was about"

    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError(secret)

    three_wait(cast)
    monkeypatch.setattr(best_match, "solve", broken)
    run = begin(cast)
    assert (run.stage, run.problem) == ("failed", "error")
    assert "ZeroDivisionError" in caplog.text
    assert secret not in caplog.text


def test_a_month_on_a_match_is_emptied_and_later_thrown_away(cast: Cast) -> None:
    three_wait(cast)
    run = begin(cast)
    assert jobs.forget_match_runs(NOW + timedelta(days=29)) == 0
    assert jobs.forget_match_runs(NOW + timedelta(days=31)) == 1
    assert (fresh(run).stage, fresh(run).answer) == ("superseded", None)
    assert jobs.forget_match_runs(NOW + timedelta(days=62)) == 1
    assert not MatchRun.objects.exists()


# --- what has changed since ----------------------------------------------------------------------------


def test_nothing_new_is_no_news(cast: Cast) -> None:
    three_wait(cast)
    assert not news(cast, begin(cast))


def test_who_joins_leaves_or_changes_is_told(cast: Cast) -> None:
    mina, ivy, una = three_wait(cast)
    run = begin(cast)
    wait(cast, another_member(cast.scheme, "Joan Fay", "Z90013"))
    assert news(cast, run) == News(joined=1)
    requests_actions.withdraw(una, actor=una.membership.user_id, at=LATER, form=uuid4())
    assert news(cast, run) == News(joined=1, gone=1)
    MentoringRequest.objects.filter(pk=mina.pk).update(version=9)
    assert news(cast, run) == News(joined=1, gone=1, altered=1)
    Membership.objects.filter(pk=ivy.membership_id).update(stage="suspended")
    assert news(cast, run) == News(joined=1, gone=2, altered=1)


def test_mentors_and_rules_that_change_are_told(cast: Cast) -> None:
    three_wait(cast)
    run = begin(cast)
    MentorStanding.objects.update(capacity=3)
    assert news(cast, run) == News(mentors=1)
    MentorStanding.objects.update(capacity=1)
    assert not news(cast, run)
    standings.revise(cast.standing, offer_of(cast.standing), capacity=1)
    assert news(cast, run).mentors == 1, "what a mentor offers may have changed"
    run = begin(cast)
    another_mentor(cast.scheme, "Nia Ward", "Z90010")
    assert news(cast, run) == News(mentors=1)
    cast.scheme.matching_policy = {"floor": 5}
    cast.scheme.save()
    assert news(cast, run) == News(mentors=1, rules=True)


def test_what_was_proposed_from_the_match_itself_is_no_news_but_an_offer_from_elsewhere_is(cast: Cast) -> None:
    another_mentor(cast.scheme, "Nia Ward", "Z90010", capacity=1)
    mina, ivy, _una = three_wait(cast)
    run = begin(cast)
    assert tick(cast, run, mina.pk) == ["made"]
    assert not news(cast, run)
    propose(cast, fresh(ivy), cast.standing)
    assert news(cast, run) == News(gone=1, mentors=1)


# --- what coordinators change ---------------------------------------------------------------------------


def test_a_fixed_pair_stands_and_what_follows_is_what_the_what_if_said(cast: Cast) -> None:
    nia = another_mentor(cast.scheme, "Nia Ward", "Z90010", capacity=1)
    mina, ivy, una = three_wait(cast)
    run = begin(cast)
    plain = best_match.best(cast.scheme, NOW)
    said = best_match.what_if(plain, fix=[(una.pk, cast.standing.pk)])
    run = change(cast, run, wish(cast, "fixed", (una.pk, cast.standing.pk)))
    assert has(run)[una.pk] == cast.standing.pk
    answer = told(run)
    assert answer.proved
    assert answer.cost == said.cost > 0
    assert answer.moved == {move.request: move.before for move in said.moves}
    assert {one.request: one.standing for one in answer.pairs} == {
        UUID(mentee): UUID(mentor) for mentee, mentor in said.solved.pairs.items()
    }
    assert [one.request for one in answer.pairs if one.wished] == [una.pk]
    assert nia.pk in has(run).values()
    assert {mina.pk, ivy.pk} & {one.request for one in answer.waiting}


def test_forbidding_swapping_and_undoing_one_by_one(cast: Cast) -> None:
    nia = another_mentor(cast.scheme, "Nia Ward", "Z90010", capacity=1)
    mina, ivy, una = three_wait(cast)
    run = begin(cast)
    before = has(run)
    swap = wish(cast, "swapped", (mina.pk, cast.standing.pk), (ivy.pk, nia.pk))
    run = change(cast, run, swap)
    assert has(run) == {mina.pk: cast.standing.pk, ivy.pk: nia.pk}
    run = change(cast, run, wish(cast, "forbidden", (una.pk, nia.pk)))
    assert len(wishes_of(run)) == 2
    match_runs.undo(run, swap.id, run.version, actor=cast.deputy.pk, clock=lambda: NOW, form=uuid4())
    assert has(run) == before
    assert [one.kind for one in wishes_of(fresh(run))] == ["forbidden"]
    assert told(run).moved == {}
    assert begin(cast).pk != run.pk
    assert [one.kind for one in wishes_of(MatchRun.objects.exclude(stage="superseded").get())] == ["forbidden"]


def test_a_change_is_made_once_and_only_in_what_was_seen(cast: Cast) -> None:
    another_mentor(cast.scheme, "Nia Ward", "Z90010", capacity=1)
    _mina, _ivy, una = three_wait(cast)
    run = begin(cast)
    seen, form, made = run.version, uuid4(), wish(cast, "fixed", (una.pk, cast.standing.pk))
    run = change(cast, run, made, form)
    assert not match_runs.change(run, made, seen, clock=lambda: NOW, form=form)
    assert len(wishes_of(fresh(run))) == 1
    with pytest.raises(ChangedMeanwhile):
        match_runs.change(
            run, wish(cast, "forbidden", (una.pk, cast.standing.pk)), seen, clock=lambda: NOW, form=uuid4()
        )
    with pytest.raises(ChangedMeanwhile):
        tick(cast, MatchRun(pk=run.pk, version=seen), una.pk)
    wait(cast, another_member(cast.scheme, "Joan Fay", "Z90013"))
    with pytest.raises(match_runs.Stale):
        change(cast, run, wish(cast, "forbidden", (una.pk, cast.standing.pk)))
    MatchRun.objects.update(stage="running")
    with pytest.raises(Impossible):
        change(cast, run, made)


def test_a_change_that_can_no_longer_be_is_left_out_and_told(cast: Cast) -> None:
    nia = another_mentor(cast.scheme, "Nia Ward", "Z90010", capacity=2)
    mina, _ivy, una = three_wait(cast)
    run = begin(cast)
    lost, last = wish(cast, "fixed", (una.pk, cast.standing.pk)), wish(cast, "fixed", (mina.pk, nia.pk))
    for one in (lost, last):
        run = change(cast, run, one)
    MentorStanding.objects.filter(pk=cast.standing.pk).update(stage="on_leave")
    run = begin(cast)
    (dropped,) = told(run).dropped
    assert (dropped.wish, dropped.reasons) == (lost, (Reason.NOT_AVAILABLE,))
    assert wishes_of(run) == (last,)
    assert has(run)[mina.pk] == nia.pk


@pytest.mark.parametrize("seed", [1, 2])
def test_in_any_pool_places_hold_the_answer_repeats_and_every_what_if_comes_true(cast: Cast, seed: int) -> None:
    dice = random.Random(seed)
    roles = ("guide", "challenger", "confidant", "sounding_board")
    places = {cast.standing.pk: 1}
    for number in range(3):
        standing = another_mentor(cast.scheme, f"Mentor {number}", f"Z9002{number}", dice.randint(1, 2))
        places[standing.pk] = standing.capacity
    for number in range(6):
        member = another_member(cast.scheme, f"Mentee {number}", f"Z9003{number}")
        waited = timedelta(days=dice.randint(1, 90))
        wait(cast, member, NOW - waited, roles=tuple(dice.sample(roles, 2)), prefers=dice.choice([*places, None]))
    run = begin(cast)
    answer = told(run)
    everyone = [one.request for one in (*answer.pairs, *answer.waiting)]
    assert len(everyone) == len(set(everyone)) == 6
    assert all(count <= places[standing] for standing, count in Counter(has(run).values()).items())
    assert answer.proved
    assert answer_to_json(told(begin(cast))) == answer_to_json(answer)
    found = best_match.solve(cast.scheme, NOW)
    for request, others in best_match.instead(found, everyone[:3]).items():
        run = begin(cast)
        for other in others[-1:]:
            fixed = wish(cast, "fixed", (request, other.standing))
            run = change(cast, run, fixed)
            assert told(run).cost == other.cost
            assert told(run).proved
            assert all(count <= places[standing] for standing, count in Counter(has(run).values()).items())
            match_runs.undo(run, fixed.id, run.version, actor=cast.deputy.pk, clock=lambda: NOW, form=uuid4())


# --- proposing ----------------------------------------------------------------------------------------------


def test_each_tick_is_proposed_by_itself_once_and_told(cast: Cast) -> None:
    nia = another_mentor(cast.scheme, "Nia Ward", "Z90010", capacity=1)
    mina, ivy, _una = three_wait(cast)
    run = begin(cast)
    propose(cast, fresh(ivy), cast.standing)
    form = uuid4()
    assert tick(cast, run, mina.pk, ivy.pk, form=form) == ["made", "moved_on"]
    assert tick(cast, fresh(run), mina.pk, ivy.pk, form=form) == ["made", "moved_on"]
    made = Introduction.objects.get(request=mina)
    assert (made.standing_id, made.stage) == (nia.pk, "offered_to_mentee")
    assert Introduction.objects.count() == 2
    assert tick(cast, fresh(run), mina.pk) == ["made", "moved_on", "moved_on"], "a press of its own makes no second"
    assert Introduction.objects.count() == 2


def test_all_are_proposed_with_one_press_and_whoever_cannot_be_says_why(cast: Cast) -> None:
    nia = another_mentor(cast.scheme, "Nia Ward", "Z90010", capacity=1)
    mina, ivy, _una = three_wait(cast)
    run = begin(cast)
    Membership.objects.filter(pk=mina.membership_id).update(stage="lapsed")
    MentorStanding.objects.filter(pk=cast.standing.pk).update(stage="on_leave")
    assert has(run) == {mina.pk: nia.pk, ivy.pk: cast.standing.pk}
    assert tick(cast, run, everyone=True) == ["still_checked", "not_possible"]
    assert not Introduction.objects.exists()
    assert fresh(run).stage == "done"


def test_nobody_proposes_their_own_match(cast: Cast) -> None:
    nia = another_mentor(cast.scheme, "Nia Ward", "Z90010", capacity=1)
    mina, ivy, _una = three_wait(cast)
    run = begin(cast)
    match_runs.propose(run, None, run.version, actor=cast.mentee.pk, clock=lambda: NOW, form=uuid4())
    assert {one.request for one in outcome_of(fresh(run))} == {ivy.pk}
    match_runs.propose(run, [mina.pk], run.version, actor=nia.membership.user_id, clock=lambda: NOW, form=uuid4())
    assert not Introduction.objects.filter(request=mina).exists()


def test_what_a_killed_process_left_half_proposed_is_proposed_to_the_end_once(cast: Cast) -> None:
    another_mentor(cast.scheme, "Nia Ward", "Z90010", capacity=1)
    mina, ivy, _una = three_wait(cast)
    run = begin(cast)
    assert tick(cast, run, mina.pk, ivy.pk) == ["made", "made"]
    forgotten = [Said(one.request, one.standing, one.press, one.by) for one in outcome_of(fresh(run))]
    sealed = MatchRun.outcome.seal(run, outcome_to_json(forgotten))
    MatchRun.objects.update(stage="proposing", outcome=sealed, beat_at=NOW)
    assert jobs.take_up_match_runs(NOW + timedelta(minutes=16)) == 1
    assert [one.said for one in outcome_of(fresh(run))] == ["made", "made"]
    assert Introduction.objects.count() == 2
