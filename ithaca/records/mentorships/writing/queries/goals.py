"""Reading goals, the steps towards them, and how strongly each is wanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ithaca.records.mentorships.models import Commitment, Goal, GoalStep, Mentorship
from ithaca.records.mentorships.rules import maps
from ithaca.records.mentorships.writing.queries.notes import ShownNote, notes_by_place
from ithaca.tools.vault.errors import Locked, NotGranted
from ithaca.tools.vault.keyring import Keyring, unlocked


@dataclass(frozen=True, slots=True)
class GoalStepPlan:
    """What is to be done, and by when, if a day was named."""

    words: str
    by_when: date | None = None


def plan_of(row: GoalStep, keys: Keyring) -> GoalStepPlan:
    """Return what was to be done, and by when; raises NotGranted, Tampered."""
    day = GoalStep.by_when.unseal(row, keys)
    return GoalStepPlan(GoalStep.words.unseal(row, keys), date.fromisoformat(day) if day else None)


def words_of_goal(row: Goal, keys: Keyring) -> tuple[str, str]:
    """Return what a goal says, and how the mentee will know; raises NotGranted, Tampered."""
    return Goal.words.unseal(row, keys), Goal.measure.unseal(row, keys)


def words_of_commitment(row: Commitment, keys: Keyring) -> tuple[int, str]:
    """How much it was wanted, and what would have made it a 10; raises NotGranted, Tampered."""
    return int(Commitment.score.unseal(row, keys)), Commitment.better.unseal(row, keys)


@dataclass(frozen=True, slots=True)
class ShownCommitment:
    """How much it was wanted on one day, 1 to 10, and what would have made it a 10."""

    at: datetime
    score: int
    better: str


@dataclass(frozen=True, slots=True)
class ShownGoalStep:
    """An action, with its tests (the earliest first) and what stands beside it."""

    pk: UUID
    goal: UUID | None
    stage: str
    stage_since: datetime
    words: str
    by_when: date | None
    learned: str
    commitments: tuple[ShownCommitment, ...]
    beside: tuple[ShownNote, ...]
    version: int

    @property
    def open(self) -> bool:
        return self.stage in GoalStep.OPEN

    @property
    def anchor(self) -> str:
        """Its name on the page of the goals."""
        return f"goal-step-{self.pk}"


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal, with its actions, its tests and what stands beside it. `follows` is the goal it was before."""

    pk: UUID
    follows: UUID | None
    stage: str
    stage_since: datetime
    words: str
    measure: str
    commitments: tuple[ShownCommitment, ...]
    steps: tuple[ShownGoalStep, ...]
    beside: tuple[ShownNote, ...]
    version: int

    @property
    def open(self) -> bool:
        return self.stage in Goal.OPEN

    @property
    def anchor(self) -> str:
        """Its name on the page of the goals."""
        return f"goal-{self.pk}"

    @property
    def has_open_steps(self) -> bool:
        return any(step.open for step in self.steps)


@dataclass(frozen=True, slots=True)
class ShownGoals:
    """All of it. `steps` are still to be done and lie under no open goal; `past` and `past_steps` are over."""

    goals: tuple[ShownGoal, ...]
    steps: tuple[ShownGoalStep, ...]
    past: tuple[ShownGoal, ...]
    past_steps: tuple[ShownGoalStep, ...]

    @property
    def empty(self) -> bool:
        return not (self.goals or self.steps or self.past or self.past_steps)


@dataclass(frozen=True, slots=True)
class GoalsCard:
    """Of a room's goals: how many are open, and what they say; None while this person cannot open them."""

    number: int
    words: tuple[tuple[UUID, str], ...] | None


def goals_of(mentorship: Mentorship, keyring: Keyring | None) -> ShownGoals:
    """Open every goal and step, the earliest first, in four queries. Raises Locked, NotGranted, Tampered."""
    goals, steps = list(mentorship.goals.order_by("at", "pk")), list(mentorship.steps.order_by("at", "pk"))
    if not goals and not steps:
        return ShownGoals((), (), (), ())
    keys = unlocked(keyring)
    commitments = _commitments(mentorship.commitments.order_by("at", "pk"), keys)
    beside = notes_by_place(mentorship, keys)
    shown = [_shown_step(row, commitments.get(row.pk, ()), beside.get(f"action.{row.pk}", ()), keys) for row in steps]
    current = {row.pk for row in goals if row.stage in Goal.OPEN}
    under = {step.pk: _goal_of(step, current) for step in shown}
    found = [
        _shown_goal(row, [step for step in shown if under[step.pk] == row.pk], commitments, beside, keys)
        for row in goals
    ]
    alone = [step for step in shown if under[step.pk] is None]
    return ShownGoals(
        tuple(goal for goal in found if goal.open),
        tuple(step for step in alone if step.open),
        tuple(goal for goal in found if not goal.open),
        tuple(step for step in alone if not step.open),
    )


def _goal_of(step: ShownGoalStep, current: set[UUID]) -> UUID | None:
    """Return the goal it is shown under: a step still to be done is not hidden away with a goal that is over."""
    return step.goal if not step.open or step.goal in current else None


def card_of(mentorship: Mentorship, keyring: Keyring | None) -> GoalsCard:
    """Return the goals that are open, in one query: what they say if it can be read, or how many there are."""
    rows = list(mentorship.goals.filter(stage__in=Goal.OPEN).order_by("at", "pk"))
    try:
        return GoalsCard(len(rows), tuple((row.pk, Goal.words.unseal(row, keyring)) for row in rows))
    except (Locked, NotGranted):
        return GoalsCard(len(rows), None)


def any_of(mentorship: Mentorship) -> bool:
    """Say whether there is a goal or a step of a goal."""
    return mentorship.goals.exists() or mentorship.steps.exists()


def place_beside(mentorship: Mentorship, subject: str) -> str:
    """Return the place of a note beside a goal or a step of this room, by its uuid; empty if there is no such thing."""
    try:
        pk = UUID(subject)
    except ValueError:
        return ""
    for rows in (mentorship.goals, mentorship.steps):
        if rows.filter(pk=pk).exists():
            return f"{rows.model.TABLE.noun}.{pk}"
    return ""


def words_at(mentorship: Mentorship, place: str, keyring: Keyring | None) -> str:
    """Return what the goal or step says beside which a note is; empty for another place, or while it can't be read."""
    kind, _dot, pk = place.partition(".")
    if kind not in ("goal", "action") or not maps.is_place(place):
        return ""
    rows = mentorship.goals.filter(pk=pk) if kind == "goal" else mentorship.steps.filter(pk=pk)
    subject: Goal | GoalStep | None = rows.first()
    try:
        return subject_of(subject, keyring)[0] if subject is not None else ""
    except (Locked, NotGranted):
        return ""


def search(mentorship: Mentorship, words: str, keyring: Keyring | None) -> tuple[ShownGoal | ShownGoalStep, ...]:
    """Every goal and action that holds each of these words, in any case. Raises Locked, NotGranted, Tampered."""
    wanted = words.casefold().split()
    found = goals_of(mentorship, keyring) if wanted else ShownGoals((), (), (), ())
    goals = [*found.goals, *found.past]
    steps = [*(step for goal in goals for step in goal.steps), *found.steps, *found.past_steps]
    things: list[ShownGoal | ShownGoalStep] = [*goals, *steps]
    return tuple(one for one in things if all(word in _text(one).casefold() for word in wanted))


def _text(one: ShownGoal | ShownGoalStep) -> str:
    more = one.measure if isinstance(one, ShownGoal) else one.learned
    return " ".join([one.words, more, *(test.better for test in one.commitments)])


def subject_of(subject: Goal | GoalStep, keyring: Keyring | None) -> tuple[str, tuple[ShownCommitment, ...]]:
    """Return what one goal or step says, and its commitments, the earliest first.

    Raises Locked, NotGranted, Tampered.
    """
    keys = unlocked(keyring)
    rows = subject.commitments.select_related("mentorship__mentee").order_by("at", "pk")
    words = Goal.words.unseal(subject, keys) if isinstance(subject, Goal) else GoalStep.words.unseal(subject, keys)
    return words, _commitments(rows, keys).get(subject.pk, ())


def _commitments(rows: Iterable[Commitment], keys: Keyring) -> dict[UUID, tuple[ShownCommitment, ...]]:
    found: dict[UUID, tuple[ShownCommitment, ...]] = {}
    for row in rows:
        of = row.goal_id or row.goal_step_id
        if of is not None:
            found[of] = (*found.get(of, ()), ShownCommitment(row.at, *words_of_commitment(row, keys)))
    return found


def _shown_step(
    row: GoalStep, commitments: tuple[ShownCommitment, ...], beside: Sequence[ShownNote], keys: Keyring
) -> ShownGoalStep:
    plan = plan_of(row, keys)
    learned = GoalStep.learned.unseal(row, keys)
    return ShownGoalStep(
        row.pk,
        row.goal_id,
        row.stage,
        row.stage_since,
        plan.words,
        plan.by_when,
        learned,
        commitments,
        tuple(beside),
        row.version,
    )


def _shown_goal(
    row: Goal,
    steps: Iterable[ShownGoalStep],
    commitments: dict[UUID, tuple[ShownCommitment, ...]],
    beside: dict[str, list[ShownNote]],
    keys: Keyring,
) -> ShownGoal:
    words, measure = words_of_goal(row, keys)
    return ShownGoal(
        row.pk,
        row.follows_id,
        row.stage,
        row.stage_since,
        words,
        measure,
        commitments.get(row.pk, ()),
        tuple(steps),
        tuple(beside.get(f"goal.{row.pk}", ())),
        row.version,
    )
