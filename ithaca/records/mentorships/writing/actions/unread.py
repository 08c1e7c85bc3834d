"""Letting someone know that there is something to read: once a day at most, on the days they usually reply."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ithaca.records import times
from ithaca.records.mentorships.models import Feedback, Goal, GoalStep, Message, Note, Side
from ithaca.records.mentorships.room.locks import enter, people
from ithaca.records.mentorships.room.queries.sides import days_of
from ithaca.records.mentorships.rules.deadlines import LOOK_BACK, TAKE_BACK_FOR
from ithaca.records.mentorships.rules.stages.room import RUNNING, FeedbackStage
from ithaca.records.mentorships.writing.emails import unread as emails
from ithaca.records.schemes.vocabulary import DAYS
from ithaca.tools.post import outbox

FROM_HOUR, TO_HOUR = 8, 19
"""Between these hours in London we write to people."""
KINDS = ("message", "note", "feedback", "goal", "step")


def due(at: datetime) -> list[UUID]:
    """Return the sides whose person may be emailed now."""
    local = at.astimezone(times.LONDON)
    if not FROM_HOUR <= local.hour < TO_HOUR:
        return []
    today = list(DAYS)[local.weekday()]
    return [row.pk for row in _news(at) if _new(row, at) and today in (days_of(row) or DAYS)]


@transaction.atomic
def tell(side: UUID, at: datetime) -> bool:
    """Email this person, unless they were emailed meanwhile or have read it."""
    room = enter(Side.objects.values_list("mentorship", flat=True).get(pk=side))
    row = _news(at).filter(pk=side).first()
    if row is None or not _new(row, at):
        return False
    person = next(person for person in people(room) if person.user_id == row.person)
    outbox.put(emails.something_to_read(room, person), at)
    row.told_at = at
    row.save(update_fields=["told_at"])
    return True


def _news(at: datetime) -> "QuerySet[Side]":
    """Sides with the moments of what the other wrote last: a message, a shared note, how a session was, a goal.

    Nobody is told of what can still be taken back, nor of what is old.
    """
    written = Q(written_at__lt=at - TAKE_BACK_FOR, written_at__gt=at - LOOK_BACK)
    messages = _of_the_other(Message).filter(text__isnull=False).annotate(written_at=F("at"))
    notes = _of_the_other(Note).filter(alone=False).annotate(written_at=Coalesce("edited_at", "at"))
    feedback = _of_the_mentee(Feedback).filter(stage=FeedbackStage.GIVEN).annotate(written_at=F("stage_since"))
    goals, steps = (_of_the_mentee(model).annotate(written_at=F("at")) for model in (Goal, GoalStep))
    newest = {
        name: Subquery(rows.filter(written).order_by("-written_at").values("written_at")[:1])
        for name, rows in zip(KINDS, (messages, notes, feedback, goals, steps), strict=True)
    }
    something = Q(*((f"{name}__isnull", False) for name in KINDS), _connector=Q.OR)
    return Side.objects.filter(mentorship__stage__in=RUNNING).annotate(**newest).filter(something).order_by("pk")


def _of_the_other(model: type[Model]) -> "QuerySet[Model]":
    return model._default_manager.filter(mentorship=OuterRef("mentorship")).exclude(author=OuterRef("person"))


def _of_the_mentee(model: type[Model]) -> "QuerySet[Model]":
    """Return the rows that only the mentee writes, so that they are news for the mentor alone."""
    room = {"mentorship": OuterRef("mentorship"), "mentorship__mentor__user": OuterRef("person")}
    return model._default_manager.filter(**room)


def _new(row: Side, at: datetime) -> bool:
    """Say whether something has come that they haven't read or been emailed about, and they had no such email today."""
    if row.told_at is not None and times.london_date(row.told_at) >= times.london_date(at):
        return False
    read = {"message": row.read_until, "note": row.notes_read_until}
    moments = {kind: getattr(row, kind) for kind in KINDS}  # annotated by _news
    return any(
        moment is not None and all(then is None or moment > then for then in (read.get(kind), row.told_at))
        for kind, moment in moments.items()
    )
