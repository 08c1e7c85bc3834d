"""The test of commitment: how much the mentee wants a goal or an action, from 1 to 10, and what would make it a 10."""

import uuid
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records import moves
from ithaca.records.mentorships.models import Commitment, Goal, GoalStep
from ithaca.records.mentorships.room.actions.written_record import must_want_record
from ithaca.records.mentorships.room.locks import enter_open
from ithaca.records.mentorships.rules.stages.room import GoalAct, GoalStepAct, GoalStepStage
from ithaca.records.mentorships.writing.actions.goals import must_be_the_mentees
from ithaca.records.mentorships.writing.actions.messages import OtherWords
from ithaca.records.mentorships.writing.queries.goals import words_of_commitment
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.vault.keyring import Keyring, unlocked

LEAST, MOST = 1, 10


@transaction.atomic
def record(
    subject: Goal | GoalStep,
    score: int,
    better: str,
    by: Party,
    *,
    keyring: Keyring | None,
    at: datetime,
    form: UUID | None,
) -> Commitment:
    """Say how much one wants it, now. Said of an action that was only thought of, it is the decision to do it.

    To decide on an action begins its goal, if that was set and not begun. The same form twice is one test.

    Raises:
        Locked: the keyring is None. NotGranted, Tampered: as the vault says.
        NoRecord: one of the two has switched writing off.
        OtherWords: this form has said something else already.
        Impossible: the mentorship, the goal or the action is over, or it is not the mentee who says it.
        ValueError: the score is not 1 to 10.
    """
    keys = unlocked(keyring)
    if not LEAST <= score <= MOST:
        raise ValueError("a commitment is 1 to 10")
    room = enter_open(subject.mentorship_id, "test", by)
    kept = Commitment.objects.select_related("mentorship__mentee").filter(pk=form).first() if form else None
    if kept is not None:
        if subject.pk not in (kept.goal_id, kept.goal_step_id) or keys.owner != room.mentee.user_id:
            raise ledger.Reused("test")
        if words_of_commitment(kept, keys) != (score, better):
            raise OtherWords
        return kept
    subject.refresh_from_db()
    noun = subject.TABLE.noun
    must_be_the_mentees(noun, subject.stage, "test", by, subject.stage in subject.OPEN)
    must_want_record(room)
    if isinstance(subject, GoalStep) and subject.stage == GoalStepStage.PROPOSED:
        moves.move(subject, GoalStepAct.COMMIT, by, at=at, actor=keys.owner, form=form)
        if subject.goal is not None and subject.goal.may(GoalAct.BEGIN, by):
            moves.move(subject.goal, GoalAct.BEGIN, by, at=at, actor=keys.owner)
    pk = form or uuid.uuid4()
    row = Commitment(id=pk, mentorship=room, at=at)
    if isinstance(subject, GoalStep):
        row.goal_step = subject
    else:
        row.goal = subject
    row.score = Commitment.score.seal(row, str(score), keys)
    row.better = Commitment.better.seal(row, better, keys) if better else None
    row.save(force_insert=True)
    return row
