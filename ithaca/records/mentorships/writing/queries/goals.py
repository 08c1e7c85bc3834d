"""Reading goals, the steps towards them, and how strongly each is wanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ithaca.records.mentorships.models import Action, Commitment, Goal, Mentorship
from ithaca.records.mentorships.rules import maps
from ithaca.records.mentorships.writing.queries.notes import Leaf, leaves_by_place
from ithaca.tools.vault.errors import Locked, NotGranted
from ithaca.tools.vault.keyring import Keyring, unlocked


@dataclass(frozen=True, slots=True)
class Intent:
    """What is to be done, and by when, if a day was named."""

    words: str
    by_when: date | None = None


def intent_of(row: Action, keys: Keyring) -> Intent:
    """What was to be done, and by when; raises NotGranted, Tampered."""
    author = row.mentorship.mentee.user_id
    words = keys.open(row.mentorship_id, "action.words", row.pk, author, row.words)
    if row.by_when is None:
        return Intent(words)
    day = keys.open(row.mentorship_id, "action.by_when", row.pk, author, row.by_when)
    return Intent(words, date.fromisoformat(day))


def learned_from(row: Action, keys: Keyring) -> str:
    """What the mentee learned from it, or an empty text; raises NotGranted, Tampered."""
    if row.learned is None:
        return ""
    return keys.open(row.mentorship_id, "action.learned", row.pk, row.mentorship.mentee.user_id, row.learned)


def words_of_goal(row: Goal, keys: Keyring) -> tuple[str, str]:
    """What a goal says, and how the mentee will know; raises NotGranted, Tampered."""
    author = row.mentorship.mentee.user_id
    words = keys.open(row.mentorship_id, "goal.words", row.pk, author, row.words)
    if row.measure is None:
        return words, ""
    return words, keys.open(row.mentorship_id, "goal.measure", row.pk, author, row.measure)


def words_of_commitment(row: Commitment, keys: Keyring) -> tuple[int, str]:
    """How much it was wanted, and what would have made it a 10; raises NotGranted, Tampered."""
    author = row.mentorship.mentee.user_id
    score = int(keys.open(row.mentorship_id, "commitment.score", row.pk, author, row.score))
    if row.better is None:
        return score, ""
    return score, keys.open(row.mentorship_id, "commitment.better", row.pk, author, row.better)


@dataclass(frozen=True, slots=True)
class Tested:
    """How much it was wanted on one day, 1 to 10, and what would have made it a 10."""

    at: datetime
    score: int
    better: str


@dataclass(frozen=True, slots=True)
class Deed:
    """An action, with its tests (the earliest first) and what stands beside it."""

    pk: UUID
    goal: UUID | None
    stage: str
    stage_since: datetime
    words: str
    by_when: date | None
    learned: str
    tests: tuple[Tested, ...]
    beside: tuple[Leaf, ...]
    version: int

    @property
    def open(self) -> bool:
        return self.stage in Action.OPEN

    @property
    def anchor(self) -> str:
        """Its name on the page of the goals."""
        return f"action-{self.pk}"


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal, with its actions, its tests and what stands beside it. `follows` is the goal it was before."""

    pk: UUID
    follows: UUID | None
    stage: str
    stage_since: datetime
    words: str
    measure: str
    tests: tuple[Tested, ...]
    deeds: tuple[Deed, ...]
    beside: tuple[Leaf, ...]
    version: int

    @property
    def open(self) -> bool:
        return self.stage in Goal.OPEN

    @property
    def anchor(self) -> str:
        """Its name on the page of the goals."""
        return f"goal-{self.pk}"

    @property
    def has_open_deeds(self) -> bool:
        return any(deed.open for deed in self.deeds)


@dataclass(frozen=True, slots=True)
class Work:
    """All of it. `deeds` are still to be done and lie under no open goal; `past` and `past_deeds` are over."""

    aims: tuple[Aim, ...]
    deeds: tuple[Deed, ...]
    past: tuple[Aim, ...]
    past_deeds: tuple[Deed, ...]

    @property
    def empty(self) -> bool:
        return not (self.aims or self.deeds or self.past or self.past_deeds)


@dataclass(frozen=True, slots=True)
class Card:
    """Of a room's goals: how many are open, and what they say; None while this person cannot open them."""

    number: int
    words: tuple[tuple[UUID, str], ...] | None


def work_of(mentorship: Mentorship, keyring: Keyring | None) -> Work:
    """Goals and actions, the earliest first, in four queries. Raises Locked, NotGranted, Tampered."""
    goals, actions = list(mentorship.goals.order_by("at", "pk")), list(mentorship.actions.order_by("at", "pk"))
    if not goals and not actions:
        return Work((), (), (), ())
    keys = unlocked(keyring)
    tests = _tests(mentorship.commitments.order_by("at", "pk"), keys)
    beside = leaves_by_place(mentorship, keys)
    deeds = [_deed(row, tests.get(row.pk, ()), beside.get(f"action.{row.pk}", ()), keys) for row in actions]
    current = {row.pk for row in goals if row.stage in Goal.OPEN}
    lies_under = {deed.pk: _aim_of(deed, current) for deed in deeds}
    aims = [_aim(row, [deed for deed in deeds if lies_under[deed.pk] == row.pk], tests, beside, keys) for row in goals]
    alone = [deed for deed in deeds if lies_under[deed.pk] is None]
    return Work(
        tuple(aim for aim in aims if aim.open),
        tuple(deed for deed in alone if deed.open),
        tuple(aim for aim in aims if not aim.open),
        tuple(deed for deed in alone if not deed.open),
    )


def _aim_of(deed: Deed, current: set[UUID]) -> UUID | None:
    """The goal it is shown under: an action still to be done is not hidden away with a goal that is over."""
    return deed.goal if not deed.open or deed.goal in current else None


def card_of(mentorship: Mentorship, keyring: Keyring | None) -> Card:
    """The goals that are open, in one query: what they say if it can be read, or how many there are."""
    rows = list(mentorship.goals.filter(stage__in=Goal.OPEN).order_by("at", "pk"))
    try:
        return Card(len(rows), tuple((row.pk, words_of_goal(row, unlocked(keyring))[0]) for row in rows))
    except (Locked, NotGranted):
        return Card(len(rows), None)


def any_of(mentorship: Mentorship) -> bool:
    """Is there a goal or an action?"""
    return mentorship.goals.exists() or mentorship.actions.exists()


def place_beside(mentorship: Mentorship, subject: str) -> str:
    """The place of a note beside a goal or an action of this room, by its uuid; empty when there is no such thing."""
    try:
        pk = UUID(subject)
    except ValueError:
        return ""
    for rows in (mentorship.goals, mentorship.actions):
        if rows.filter(pk=pk).exists():
            return f"{rows.model.__name__.lower()}.{pk}"
    return ""


def words_at(mentorship: Mentorship, place: str, keyring: Keyring | None) -> str:
    """What the goal or action says beside which a note stands; empty for another place, or while it cannot be read."""
    kind, _dot, pk = place.partition(".")
    if kind not in ("goal", "action") or not maps.is_place(place):
        return ""
    rows = mentorship.goals.filter(pk=pk) if kind == "goal" else mentorship.actions.filter(pk=pk)
    subject: Goal | Action | None = rows.first()
    try:
        return subject_of(subject, keyring)[0] if subject is not None else ""
    except (Locked, NotGranted):
        return ""


def seek(mentorship: Mentorship, words: str, keyring: Keyring | None) -> tuple[Aim | Deed, ...]:
    """Every goal and action that holds each of these words, in any case. Raises Locked, NotGranted, Tampered."""
    wanted = words.casefold().split()
    work = work_of(mentorship, keyring) if wanted else Work((), (), (), ())
    aims = [*work.aims, *work.past]
    things: list[Aim | Deed] = [*aims, *(deed for aim in aims for deed in aim.deeds), *work.deeds, *work.past_deeds]
    return tuple(one for one in things if all(word in _text(one).casefold() for word in wanted))


def _text(one: Aim | Deed) -> str:
    more = one.measure if isinstance(one, Aim) else one.learned
    return " ".join([one.words, more, *(test.better for test in one.tests)])


def subject_of(subject: Goal | Action, keyring: Keyring | None) -> tuple[str, tuple[Tested, ...]]:
    """What one goal or action says, and its tests, the earliest first. Raises Locked, NotGranted, Tampered."""
    keys = unlocked(keyring)
    rows = subject.commitments.select_related("mentorship__mentee").order_by("at", "pk")
    words = words_of_goal(subject, keys)[0] if isinstance(subject, Goal) else intent_of(subject, keys).words
    return words, _tests(rows, keys).get(subject.pk, ())


def _tests(rows: Iterable[Commitment], keys: Keyring) -> dict[UUID, tuple[Tested, ...]]:
    found: dict[UUID, tuple[Tested, ...]] = {}
    for row in rows:
        of = row.goal_id or row.action_id
        if of is not None:
            found[of] = (*found.get(of, ()), Tested(row.at, *words_of_commitment(row, keys)))
    return found


def _deed(row: Action, tests: tuple[Tested, ...], beside: Sequence[Leaf], keys: Keyring) -> Deed:
    intent = intent_of(row, keys)
    learned = learned_from(row, keys)
    return Deed(
        row.pk,
        row.goal_id,
        row.stage,
        row.stage_since,
        intent.words,
        intent.by_when,
        learned,
        tests,
        tuple(beside),
        row.version,
    )


def _aim(
    row: Goal,
    deeds: Iterable[Deed],
    tests: dict[UUID, tuple[Tested, ...]],
    beside: dict[str, list[Leaf]],
    keys: Keyring,
) -> Aim:
    words, measure = words_of_goal(row, keys)
    return Aim(
        row.pk,
        row.follows_id,
        row.stage,
        row.stage_since,
        words,
        measure,
        tests.get(row.pk, ()),
        tuple(deeds),
        tuple(beside.get(f"goal.{row.pk}", ())),
        row.version,
    )
