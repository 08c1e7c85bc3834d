"""Actions: what the mentee means to do, alone decides on, and says of afterwards what they learned."""

import uuid
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records import moves
from ithaca.records.mentorships.models import Goal, GoalStep
from ithaca.records.mentorships.room.actions.written_record import must_want_record
from ithaca.records.mentorships.room.locks import enter_open
from ithaca.records.mentorships.rules.stages.room import GoalStepAct
from ithaca.records.mentorships.writing.actions.goals import must_be_the_mentees
from ithaca.records.mentorships.writing.actions.messages import OtherWords
from ithaca.records.mentorships.writing.queries.goals import GoalStepPlan, plan_of
from ithaca.records.stages import Impossible, Party
from ithaca.records.versions import ChangedMeanwhile, edit
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.vault.keyring import Keyring, unlocked
from ithaca.tools.vault.sealed import Sealed


@transaction.atomic
def write(
    mentorship: UUID,
    intent: GoalStepPlan,
    goal: UUID | None,
    by: Party,
    *,
    keyring: Keyring | None,
    at: datetime,
    form: UUID | None,
) -> GoalStep:
    """Write down what could be done, for a `goal` of this room or for itself. The same form twice is one action.

    Raises:
        Locked: the keyring is None. NotGranted, Tampered: as the vault says.
        NoRecord: one of the two has switched writing off.
        OtherWords: this form has written other words already.
        Impossible: the mentorship is over, or it is not the mentee who writes.
    """
    keys = unlocked(keyring)
    room = enter_open(mentorship, "write_action", by)
    kept = GoalStep.objects.select_related("mentorship__mentee").filter(pk=form).first() if form else None
    if kept is not None:
        if kept.mentorship_id != room.pk or keys.owner != room.mentee.user_id:
            raise ledger.Reused("write_action")
        if kept.version == 1 and plan_of(kept, keys) != intent:
            raise OtherWords
        return kept
    must_be_the_mentees(GoalStep.TABLE.noun, GoalStep.TABLE.first, "write", by)
    must_want_record(room)
    pk = form or uuid.uuid4()
    under = Goal.objects.filter(mentorship=room, pk=goal).first() if goal else None
    row = GoalStep(id=pk, mentorship=room, goal=under, at=at, stage_since=at)
    for name, value in _sealed(row, intent, keys).items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


@transaction.atomic
def change(row: GoalStep, intent: GoalStepPlan, version: int, by: Party, *, keyring: Keyring | None) -> None:
    """Say it otherwise, or by another day, while it is still to be done. The same words twice are as once.

    Raises:
        ChangedMeanwhile: `version` is not the one that stands now, or the action is gone.
        Locked, NotGranted, Tampered, NoRecord, Impossible: as `write_action`.
    """
    keys = unlocked(keyring)
    room = enter_open(row.mentorship_id, "change_action", by)
    found = GoalStep.objects.filter(pk=row.pk).first()
    if found is None:
        raise ChangedMeanwhile
    if plan_of(found, keys) == intent:
        return
    must_be_the_mentees("action", found.stage, "change", by, found.stage in GoalStep.OPEN)
    must_want_record(room)
    edit(row, version, **_sealed(row, intent, keys))


@transaction.atomic
def close(
    row: GoalStep,
    done: bool,
    learned: str,
    by: Party,
    *,
    actor: UUID,
    keyring: Keyring | None,
    at: datetime,
    form: UUID | None,
) -> None:
    """Say that it was done, or was not, and what one learned, if anything. Only `learned` needs a key.

    Raises:
        Locked, NotGranted, NoRecord: `learned` cannot be sealed, or nothing is to be written.
        Impossible: it is not to be done any more, or this form has said so with other words before.
    """
    act = GoalStepAct.DO if done else GoalStepAct.MISS
    room = enter_open(row.mentorship_id, act, by)
    row.refresh_from_db()
    if ledger.handled(form, "action", row.pk, act):
        if learned and GoalStep.learned.unseal(row, keyring) != learned:
            raise Impossible("action", row.stage, act, by)
        return
    sealed = None
    if learned:
        row.TABLE.to(row.stage, act, by)
        must_want_record(room)
        sealed = GoalStep.learned.seal(row, learned, keyring)
    moves.move(row, act, by, at=at, actor=actor, form=form, learned=sealed)


def _sealed(row: GoalStep, intent: GoalStepPlan, keys: Keyring) -> dict[str, Sealed | None]:
    day = intent.by_when
    return {
        "words": GoalStep.words.seal(row, intent.words, keys),
        "by_when": GoalStep.by_when.seal(row, day.isoformat(), keys) if day else None,
    }
