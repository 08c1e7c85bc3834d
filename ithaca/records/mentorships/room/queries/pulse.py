"""Whether people are asked how good mentoring is for them, and the averages a scheme may know."""

from datetime import date
from uuid import UUID

from django.db.models import Max

from ithaca.records.mentorships.models import Mentorship, PulseCheck, Side
from ithaca.records.mentorships.rules import pulse
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party


def asks(room: Mentorship) -> bool:
    """Say whether the scheme asks in this room."""
    return room.scheme.ratings and room.stage == MentorshipStage.ACTIVE and not room.one_off


def waits(mine: Side | None, room: Mentorship, today: date) -> bool:
    """Say whether this person has a question to answer. It lapses with the quarter in which it was asked."""
    return mine is not None and mine.rating_open and asks(room) and pulse.is_open(mine.rating_asked_on, today)


def due(today: date) -> list[UUID]:
    """Return the rooms in which somebody is to be asked, in two queries."""
    rooms = Mentorship.objects.filter(stage=MentorshipStage.ACTIVE, scheme__ratings=True, one_off=False)
    people = rooms.filter(began_on__lte=today - pulse.FIRST_AFTER).order_by("pk")
    asked = Side.objects.filter(mentorship__scheme__ratings=True).values_list("mentorship__scheme", "person")
    last = {(scheme, person): day for scheme, person, day in asked.annotate(day=Max("rating_asked_on"))}
    return [
        pk
        for pk, scheme, began_on, *two in people.values_list("pk", "scheme", "began_on", "mentee__user", "mentor__user")
        if any(pulse.is_due(began_on, last.get((scheme, person)), today) for person in two)
    ]


def averages_of(scheme: Scheme, side: Party, today: date) -> tuple[pulse.Average, ...]:
    """Return the published averages of one side of a scheme, the oldest first, in one query."""
    rows = PulseCheck.objects.filter(scheme=scheme, side=side.value, answers__gt=0)
    counts: dict[date, dict[int, int]] = {}
    for quarter, score, answers in rows.values_list("quarter", "score", "answers"):
        counts.setdefault(quarter, {})[score] = answers
    return pulse.published(counts, today)
