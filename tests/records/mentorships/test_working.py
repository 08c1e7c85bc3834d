"""Goals, actions and tests of commitment: the mentee's own, sealed to the two, and gone when all is destroyed."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.records.mentorships.models import Commitment, Goal, GoalStep, Note
from ithaca.records.mentorships.room.actions import endings, written_record
from ithaca.records.mentorships.room.actions.written_record import NoRecord
from ithaca.records.mentorships.rules.stages import room as stages_room
from ithaca.records.mentorships.writing.actions import commitments, goal_steps, notes
from ithaca.records.mentorships.writing.actions import goals as goals_actions
from ithaca.records.mentorships.writing.actions.messages import OtherWords
from ithaca.records.mentorships.writing.queries import goals as goals_queries
from ithaca.records.mentorships.writing.queries.goals import GoalStepPlan
from ithaca.records.mentorships.writing.queries.notes import NotePlace
from ithaca.records.stages import Impossible, Party, StageTable
from ithaca.tools.ledger.actions import Reused
from ithaca.tools.ledger.models import Step
from ithaca.tools.vault.errors import Locked, NotGranted, Tampered
from ithaca.tools.vault.fields import Sealed
from ithaca.tools.vault.tiers import Tier
from tests.cast import NOW, keyring_of, make_cast
from tests.room import Room, make_room

MENTEE, MENTOR = Party.MENTEE, Party.MENTOR
FRIDAY = date(2026, 12, 4)
OPEN = {"goal": Goal.OPEN, "action": GoalStep.OPEN}
TABLES = [stages_room.GOAL, stages_room.GOAL_STEP]


@pytest.fixture
def room(db: None) -> Room:
    return make_room(make_cast(goals=True))


def goal(room: Room, words: str = "Say no", form: UUID | None = None, by: Party = MENTEE, measure: str = "") -> Goal:
    keys, pk = keyring_of(room.who(by)), room.mentorship.pk
    return goals_actions.write(pk, words, measure, by, keyring=keys, at=NOW, form=form)


def action(room: Room, aim: Goal | None = None, form: UUID | None = None, by: Party = MENTEE) -> GoalStep:
    keys, pk, under = keyring_of(room.who(by)), room.mentorship.pk, aim.pk if aim else None
    return goal_steps.write(pk, GoalStepPlan("Tell Jo", FRIDAY), under, by, keyring=keys, at=NOW, form=form)


def want(
    room: Room, subject: Goal | GoalStep, score: int = 7, form: UUID | None = None, by: Party = MENTEE, days: int = 0
) -> Commitment:
    keys, at = keyring_of(room.who(by)), NOW + timedelta(days=days)
    return commitments.record(subject, score, "", by, keyring=keys, at=at, form=form)


def step(room: Room, row: Goal | GoalStep, act: str, by: Party = MENTEE) -> None:
    goals_actions.move(row, act, by, actor=room.who(by).pk, at=NOW)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)
def test_every_step_is_the_mentees_and_what_is_over_stays_over(table: StageTable) -> None:
    assert {party for row in table.rows for party in row.by} == {MENTEE}
    assert {row.frm for row in table.rows} == set(OPEN[table.noun])


@settings(deadline=None)  # the machine may be busy
@given(st.sampled_from(TABLES), st.lists(st.tuples(st.integers(0, 9), st.sampled_from([MENTEE, MENTOR])), max_size=12))
def test_whatever_has_happened_the_mentee_may_let_go_and_the_mentor_has_changed_nothing(
    table: StageTable, presses: list[tuple[int, Party]]
) -> None:
    acts, way_out = sorted(table.acts), {"goal": "let_go", "action": "drop"}[table.noun]
    stage, alone = table.first, table.first
    for number, by in presses:
        act = acts[number % len(acts)]
        stage = table.to(stage, act, by) if table.allows(stage, act, by) else stage
        if by is MENTEE:
            alone = table.to(alone, act, by) if table.allows(alone, act, by) else alone
    assert stage == alone
    assert table.allows(stage, way_out, MENTEE) == (stage in OPEN[table.noun])


def test_the_two_read_it_and_nobody_else(room: Room) -> None:
    aim = goal(room, measure="Home at six")
    deed = action(room, aim)
    want(room, deed, 9)
    for person in (room.mentee, room.mentor):
        seen = goals_queries.goals_of(room.mentorship, keyring_of(person)).goals[0]
        assert (seen.words, seen.measure) == ("Say no", "Home at six")
        assert (seen.steps[0].words, seen.steps[0].by_when, seen.steps[0].commitments[0].score) == (
            "Tell Jo",
            FRIDAY,
            9,
        )
    with pytest.raises(NotGranted):
        goals_queries.goals_of(room.mentorship, keyring_of(room.cast.coordinator))
    with pytest.raises(Locked):
        goals_queries.goals_of(room.mentorship, None)
    fields = [*(row for each in (aim, deed) for row in vars(each).values()), *vars(Commitment.objects.get()).values()]
    assert not any(str(word) in ("Say no", "Home at six", "Tell Jo", "9", str(FRIDAY)) for word in fields)


def test_what_was_sealed_for_one_opens_for_no_other(room: Room) -> None:
    keys = keyring_of(room.mentee)
    one, two = want(room, goal(room), 3), want(room, goal(room), 9)
    one.score = two.score
    with pytest.raises(Tampered):
        goals_queries.words_of_commitment(one, keys)
    deed = action(room)
    deed.words = Sealed(bytes(goal(room).words), Tier.T3, "action.words")
    with pytest.raises(Tampered):
        goals_queries.plan_of(deed, keys)


def test_the_mentor_writes_decides_and_lets_go_of_nothing(room: Room) -> None:
    aim, deed = goal(room), action(room)
    keys, at, who = keyring_of(room.mentor), NOW, room.mentor.pk
    tries: list[Callable[[], object]] = [
        lambda: goal(room, by=MENTOR),
        lambda: action(room, by=MENTOR),
        lambda: goals_actions.change(aim, "Mine", "", 1, MENTOR, keyring=keys, at=at),
        lambda: goal_steps.change(deed, GoalStepPlan("Mine"), 1, MENTOR, keyring=keys),
        lambda: goals_actions.revise(aim, "Mine", "", MENTOR, keyring=keys, at=at, form=None),
        lambda: goal_steps.close(deed, True, "", MENTOR, actor=who, keyring=keys, at=at, form=None),
        lambda: want(room, aim, by=MENTOR),
        lambda: want(room, deed, by=MENTOR),
        *(lambda act=act: step(room, aim, act, MENTOR) for act in sorted(stages_room.GOAL.acts)),
        lambda: step(room, deed, "drop", MENTOR),
    ]
    for each in tries:
        with pytest.raises(Impossible):
            each()
    assert not Step.objects.filter(noun__in=["goal", "action"]).exists()
    assert (Goal.objects.count(), GoalStep.objects.count(), Commitment.objects.count()) == (1, 1, 0)


def test_the_same_form_twice_is_once_and_belongs_to_one_room(room: Room) -> None:
    form = uuid4()
    assert goal(room, form=form).pk == goal(room, form=form).pk == form
    with pytest.raises(OtherWords):
        goal(room, "Say yes", form=form)
    with pytest.raises(Reused):
        goal(room, form=form, by=MENTOR)
    once = uuid4()
    assert action(room, form=once).pk == action(room, form=once).pk == once
    twice, deed = uuid4(), action(room)
    assert want(room, deed, form=twice).pk == want(room, deed, form=twice).pk == twice
    with pytest.raises(OtherWords):
        want(room, deed, 8, form=twice)
    with pytest.raises(Reused):
        want(room, action(room), form=twice)


def test_a_commitment_is_one_to_ten_and_tested_again_later(room: Room) -> None:
    aim = goal(room)
    for score in (0, 11, -1):
        with pytest.raises(ValueError, match="1 to 10"):
            want(room, aim, score)
    for days, score in enumerate((1, 10, 4)):
        want(room, aim, score, days=days)
    tests = goals_queries.subject_of(aim, keyring_of(room.mentee))[1]
    assert [(each.at - NOW, each.score) for each in tests] == [
        (timedelta(days=days), score) for days, score in enumerate((1, 10, 4))
    ]
    step(room, aim, "let_go")
    with pytest.raises(Impossible):
        want(room, aim)


def test_to_decide_on_a_step_begins_a_goal_that_was_set_and_no_draft(room: Room) -> None:
    draft, ready = goal(room), goal(room)
    step(room, ready, "agree")
    for aim in (draft, ready):
        want(room, action(room, aim))
        aim.refresh_from_db()
    assert (draft.stage, ready.stage) == ("drafted", "in_progress")


def test_a_step_of_another_room_hangs_on_no_goal_here(room: Room) -> None:
    pk, keys = room.mentorship.pk, keyring_of(room.mentee)
    row = goal_steps.write(pk, GoalStepPlan("Tell Jo"), uuid4(), MENTEE, keyring=keys, at=NOW, form=None)
    assert row.goal is None


def test_without_a_record_nothing_is_written_and_both_together_destroy_it(room: Room) -> None:
    pk, aim, deed = room.mentorship.pk, goal(room), action(room)
    want(room, aim)
    spot = NotePlace(f"goal.{aim.pk}")
    for alone in (True, False):
        notes.write(pk, "Beside", alone, MENTEE, spot=spot, keyring=keyring_of(room.mentee), at=NOW, form=None)
    written_record.stop_writing(pk, MENTOR, actor=room.mentor.pk, at=NOW)
    for each in (lambda: goal(room), lambda: action(room), lambda: want(room, aim), lambda: want(room, deed)):
        with pytest.raises(NoRecord):
            each()
    assert not written_record.destroy(pk, MENTEE, actor=room.mentee.pk, at=NOW)
    assert written_record.destroy(pk, MENTOR, actor=room.mentor.pk, at=NOW)
    assert not any(model.objects.exists() for model in (Goal, GoalStep, Commitment))
    assert [row.alone for row in Note.objects.all()] == [True], "a note for oneself is nobody else's"


def test_when_the_time_is_over_it_is_gone(room: Room) -> None:
    pk, aim = room.mentorship.pk, goal(room)
    step(room, aim, "agree")
    goals_actions.revise(aim, "Say it sooner", "", MENTEE, keyring=keyring_of(room.mentee), at=NOW, form=None)
    want(room, action(room))
    endings.end(pk, MENTEE, actor=room.mentee.pk, at=NOW, form=None)
    late = NOW + timedelta(days=500)
    assert endings.fall_due(pk, late)
    assert endings.purge(pk, late)
    assert not any(model.objects.exists() for model in (Goal, GoalStep, Commitment))
