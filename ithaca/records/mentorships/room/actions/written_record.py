"""No written record: either may switch writing off, and both together may destroy what was written."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records.mentorships.models import Feedback, Goal, GoalStep, Mentorship, Message, Note, PhaseStep, Side
from ithaca.records.mentorships.room.actions.sides import side_of
from ithaca.records.mentorships.room.emails import written_record as emails
from ithaca.records.mentorships.room.locks import enter_open, other
from ithaca.records.mentorships.room.queries.sides import record_wanted
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox


@transaction.atomic
def stop_writing(mentorship: UUID, by: Party, *, actor: UUID, at: datetime) -> None:
    """Wish for no written record: from now on nobody writes here. What was written stays. Twice is as once."""
    room = enter_open(mentorship, "stop_writing", by)
    mine = side_of(room, actor, at)
    if mine.unwritten_at is None:
        _set(mine, unwritten_at=at)
        _tell(room, by, "stop_writing", actor, at)


@transaction.atomic
def write_again(mentorship: UUID, by: Party, *, actor: UUID, at: datetime) -> None:
    """Wish for it no longer. Writing goes on when neither does, and no destroying is asked for any more."""
    room = enter_open(mentorship, "write_again", by)
    mine = side_of(room, actor, at)
    if mine.unwritten_at is not None:
        _set(mine, unwritten_at=None, destroy_at=None)
        _tell(room, by, "write_again", actor, at)


@transaction.atomic
def destroy(mentorship: UUID, by: Party, *, actor: UUID, at: datetime) -> bool:
    """Agree to destroy every message, goal and shared note. When both have, it is done; then True. Twice is as once.

    Only while there is no written record; each keeps the notes that are theirs alone, and deletes those themself.
    """
    room = enter_open(mentorship, "destroy", by)
    sides = list(Side.objects.filter(mentorship=room))
    if not any(one.unwritten_at for one in sides):
        return False
    mine = side_of(room, actor, at)
    if mine.destroy_at is None:
        _set(mine, destroy_at=at)
        ledger.record("mentorship", room.pk, "ask_to_destroy", by=by, at=at, actor=actor)
    if not any(one.destroy_at for one in sides if one.person != actor):
        outbox.put(emails.to_decide(room, other(room, by)), at)
        return False
    Message.objects.filter(mentorship=room).delete()
    Note.objects.filter(mentorship=room, alone=False).delete()
    for model in (GoalStep, Goal, Feedback, PhaseStep):
        model.objects.filter(mentorship=room).delete()
    Side.objects.filter(mentorship=room).update(destroy_at=None)
    _tell(room, by, "destroy", actor, at)
    return True


@transaction.atomic
def keep(mentorship: UUID, by: Party, *, actor: UUID, at: datetime) -> None:
    """Wish to destroy nothing after all; the other's wish falls with it."""
    room = enter_open(mentorship, "keep", by)
    if Side.objects.filter(mentorship=room, destroy_at__isnull=False).update(destroy_at=None):
        ledger.record("mentorship", room.pk, "keep", by=by, at=at, actor=actor)


def _set(mine: Side, **changes: datetime | None) -> None:
    for name, value in changes.items():
        setattr(mine, name, value)
    mine.save(update_fields=[*changes])


def _tell(room: Mentorship, by: Party, act: str, actor: UUID, at: datetime) -> None:
    ledger.record("mentorship", room.pk, act, by=by, at=at, actor=actor)
    outbox.put(emails.record_changed(room, other(room, by)), at)


class NoRecord(Exception):
    """One of the two wishes for no written record, so nothing is written. The page gives the words back."""


def must_want_record(room: Mentorship) -> None:
    """Raise NoRecord while either of them wants no written record."""
    if not record_wanted(room):
        raise NoRecord
