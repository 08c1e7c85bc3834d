"""Letting someone know that there is something to read: once a day at most, on the days they usually reply."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from ithaca.records.mentorships import times
from ithaca.records.mentorships.actions.entering import OPEN, enter, people
from ithaca.records.mentorships.actions.writing import TAKE_BACK_FOR
from ithaca.records.mentorships.letters import writing as letters
from ithaca.records.mentorships.models import Side
from ithaca.records.mentorships.queries.writings import days_of
from ithaca.records.schemes.vocabulary import DAYS
from ithaca.tools.post import outbox

FROM_HOUR, TO_HOUR = 8, 19
"""Between these hours in London we write to people."""
LOOK_BACK = timedelta(days=14)
"""What has lain unread for longer than this was told of, or is no news."""


def due(at: datetime) -> list[UUID]:
    """The sides whose person may be told now."""
    local = at.astimezone(times.LONDON)
    if not FROM_HOUR <= local.hour < TO_HOUR:
        return []
    today = list(DAYS)[local.weekday()]
    return [row.pk for row in _news(at) if _new(row, at) and today in (days_of(row) or DAYS)]


@transaction.atomic
def tell(side: UUID, at: datetime) -> bool:
    """Write to this person, unless they were told meanwhile or have read it."""
    room = enter(Side.objects.values_list("mentorship", flat=True).get(pk=side))
    row = _news(at).filter(pk=side).first()
    if row is None or not _new(row, at):
        return False
    person = next(person for person in people(room) if person.user_id == row.person)
    outbox.put(letters.something_to_read(room, person), at)
    row.told_at = at
    row.save(update_fields=["told_at"])
    return True


def _news(at: datetime) -> "QuerySet[Side]":
    """Sides with the moment of the newest message from the other, which can be taken back no more."""
    written = Q(mentorship__messages__text__isnull=False, mentorship__messages__at__lt=at - TAKE_BACK_FOR)
    recent = Q(mentorship__messages__at__gt=at - LOOK_BACK)
    news = Max("mentorship__messages__at", filter=written & recent & ~Q(mentorship__messages__author=F("person")))
    open_rooms = Side.objects.filter(mentorship__stage__in=OPEN)
    return open_rooms.annotate(news=news).filter(news__isnull=False).order_by("pk")


def _new(row: Side, at: datetime) -> bool:
    """Has something come that they have neither read nor been told of, and were they not told of another today?"""
    news: datetime = row.news  # type: ignore[attr-defined]  # annotated by _news
    if any(then is not None and news <= then for then in (row.read_until, row.told_at)):
        return False
    return row.told_at is None or times.london_date(row.told_at) < times.london_date(at)
