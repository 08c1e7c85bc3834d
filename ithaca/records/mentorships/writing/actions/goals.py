"""Goals: the mentee writes them, and alone begins them, reaches them, puts them in other words or lets them go."""

import uuid
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records import moves
from ithaca.records.mentorships.models import Goal, GoalStep, Mentorship
from ithaca.records.mentorships.room.actions.written_record import must_want_record
from ithaca.records.mentorships.room.locks import enter_open
from ithaca.records.mentorships.rules.stages.room import GoalAct, GoalStage, GoalStepAct
from ithaca.records.mentorships.writing.actions.messages import OtherWords
from ithaca.records.mentorships.writing.queries.goals import words_of_goal
from ithaca.records.stages import Impossible, Party
from ithaca.records.versions import ChangedMeanwhile, edit
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.vault.keyring import Keyring, unlocked
from ithaca.tools.vault.sealed import Sealed


@transaction.atomic
def write(
    mentorship: UUID, words: str, measure: str, by: Party, *, keyring: Keyring | None, at: datetime, form: UUID | None
) -> Goal:
    """Write a goal down, as a draft. The same form twice is one goal.

    Raises:
        Locked: the keyring is None. NotGranted, Tampered: as the vault says.
        NoRecord: one of the two has switched writing off.
        OtherWords: this form has written other words already.
        Impossible: the mentorship is over, or it is not the mentee who writes.
    """
    keys = unlocked(keyring)
    room = enter_open(mentorship, "write_goal", by)
    kept = _kept(room, words, measure, keys, form)
    if kept is not None:
        return kept
    must_be_the_mentees(Goal.TABLE.noun, Goal.TABLE.first, "write", by)
    must_want_record(room)
    return _made(room, words, measure, keys, at, form)


@transaction.atomic
def change(
    row: Goal, words: str, measure: str, version: int, by: Party, *, keyring: Keyring | None, at: datetime
) -> None:
    """Put other words in a draft. The same words twice are as once; once it is set, it is revised instead.

    Raises:
        ChangedMeanwhile: `version` is not the one that stands now, or the goal is gone.
        Locked, NotGranted, Tampered, NoRecord, Impossible: as `write_goal`.
    """
    keys = unlocked(keyring)
    room = enter_open(row.mentorship_id, "change_goal", by)
    found = Goal.objects.filter(pk=row.pk).first()
    if found is None:
        raise ChangedMeanwhile
    if words_of_goal(found, keys) == (words, measure):
        return
    must_be_the_mentees("goal", found.stage, "change", by, found.stage == GoalStage.DRAFTED)
    must_want_record(room)
    edit(row, version, **_sealed(row, words, measure, keys))


@transaction.atomic
def revise(
    row: Goal, words: str, measure: str, by: Party, *, keyring: Keyring | None, at: datetime, form: UUID | None
) -> Goal:
    """Put a goal in other words: a new one follows it, and takes over the actions that are still to be done.

    Raises as `write_goal`; Impossible also when it is a draft, or is over.
    """
    keys = unlocked(keyring)
    room = enter_open(row.mentorship_id, GoalAct.REVISE, by)
    kept = _kept(room, words, measure, keys, form)
    if kept is not None:
        return kept
    must_want_record(room)
    moves.move(row, GoalAct.REVISE, by, at=at, actor=keys.owner, form=form)
    new = _made(room, words, measure, keys, at, form, follows=row)
    GoalStep.objects.filter(goal=row, stage__in=GoalStep.OPEN).update(goal=new)
    return new


@transaction.atomic
def move(row: Goal | GoalStep, act: GoalAct | GoalStepAct, by: Party, *, actor: UUID, at: datetime) -> None:
    """Take a goal or an action one step that needs no words and no key. Twice is as once. Raises Impossible."""
    enter_open(row.mentorship_id, act, by)
    row.refresh_from_db(fields=["stage"])
    if not any(row.stage == each.to for each in row.TABLE.rows if each.act == act):
        moves.move(row, act, by, at=at, actor=actor)


def must_be_the_mentees(noun: str, stage: str, act: str, by: Party, is_open: bool = True) -> None:
    """Raise Impossible unless it is the mentee who acts, on what is still open."""
    if by is not Party.MENTEE or not is_open:
        raise Impossible(noun, stage, act, by)


def _kept(room: Mentorship, words: str, measure: str, keys: Keyring, form: UUID | None) -> Goal | None:
    """Return what this form has written before.

    Raises OtherWords if it was something else, Reused if it is another's.
    """
    kept = Goal.objects.select_related("mentorship__mentee").filter(pk=form).first() if form else None
    if kept is None:
        return None
    if kept.mentorship_id != room.pk or keys.owner != room.mentee.user_id:
        raise ledger.Reused("write_goal")
    if kept.version == 1 and words_of_goal(kept, keys) != (words, measure):
        raise OtherWords
    return kept


def _made(
    room: Mentorship,
    words: str,
    measure: str,
    keys: Keyring,
    at: datetime,
    form: UUID | None,
    follows: Goal | None = None,
) -> Goal:
    pk = form or uuid.uuid4()
    row = Goal(id=pk, mentorship=room, follows=follows, at=at, stage_since=at)
    for name, value in _sealed(row, words, measure, keys).items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def _sealed(row: Goal, words: str, measure: str, keys: Keyring) -> dict[str, Sealed | None]:
    return {
        "words": Goal.words.seal(row, words, keys),
        "measure": Goal.measure.seal(row, measure, keys) if measure else None,
    }
