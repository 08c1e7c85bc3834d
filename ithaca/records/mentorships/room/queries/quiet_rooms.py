"""Rooms in which it has been quiet: no session booked, and the last one long ago. Dates only, never a reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils import timezone

from ithaca.records import times
from ithaca.records.mentorships.models import Mentorship, Session, Side
from ithaca.records.mentorships.rules.deadlines import ASK_AFTER, ASK_AGAIN_AFTER, NUDGE_AFTER
from ithaca.records.mentorships.rules.stages.room import CAME_TO_NOTHING, MentorshipStage
from ithaca.records.queues import Line, Slice
from ithaca.records.schemes.models import Scheme
from ithaca.tools.ledger.queries import steps_of

ASKED = "ask_whether_well"
"""The ledger's act of a coordinator who has asked whether all is well, and has no answer yet."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """How quiet it is in a room.

    `last` is the last day on which the two met or are to meet, or began, or went on after a pause; `fine_until` until
    when they said that all is well; `nudged_on` when they were last reminded.
    """

    last: date
    fine_until: date | None
    nudged_on: date | None

    def since(self, today: date, long: timedelta) -> bool:
        """Say whether it has been quiet for so long and neither has said that all is well."""
        return today - self.last >= long and (self.fine_until is None or self.fine_until < today)

    @property
    def was_nudged(self) -> bool:
        """Say whether they were nudged since it has been quiet and since they last said that all is well."""
        begun = max(self.last, self.fine_until or self.last)
        return self.nudged_on is not None and self.nudged_on > begun


def quiet_of(rooms: Iterable[Mentorship]) -> dict[UUID, Quiet]:
    """How quiet each of these rooms is, in two queries."""
    rows = {room.pk: room for room in rooms}
    days = _latest(Session.objects.filter(mentorship__in=rows).exclude(stage__in=CAME_TO_NOTHING))
    sides = Side.objects.filter(mentorship__in=rows).values("mentorship")
    said = {row["mentorship"]: row for row in sides.annotate(fine=Max("fine_until"), nudged=Max("nudged_on"))}
    return {
        pk: Quiet(
            max(room.began_on, times.london_date(room.stage_since), *days.get(pk, ())),
            said[pk]["fine"] if pk in said else None,
            said[pk]["nudged"] if pk in said else None,
        )
        for pk, room in rows.items()
    }


def to_nudge(rooms: Iterable[Mentorship], today: date) -> set[UUID]:
    """Of these, the active ones whose people are to be reminded today."""
    active = [room for room in rooms if room.stage == MentorshipStage.ACTIVE]
    return {pk for pk, quiet in quiet_of(active).items() if quiet.since(today, NUDGE_AFTER) and not quiet.was_nudged}


def to_ask(rooms: Iterable[Mentorship], today: date) -> set[UUID]:
    """Of these, the active ones of whom somebody should ask whether all is well."""
    active = [room for room in rooms if room.stage == MentorshipStage.ACTIVE]
    return {pk for pk, quiet in quiet_of(active).items() if quiet.since(today, ASK_AFTER)}


def asked_lately(rooms: Iterable[UUID], today: date) -> dict[UUID, date]:
    """When a coordinator last asked whether all is well, where that is less than a fortnight ago. One query."""
    steps = [step for step in steps_of("mentorship", rooms) if step.act == ASKED]
    days = {step.subject: times.london_date(step.at) for step in steps}
    return {pk: day for pk, day in days.items() if today - day < ASK_AGAIN_AFTER}


def pairs_to_ask(scheme: Scheme, but: UUID, start: int, stop: int, today: date | None = None) -> Slice[Line]:
    """Pairs that a coordinator should ask whether all is well, the longest quiet first; not those of `but`.

    `who` is the mentee, `detail` the mentor. Whoever was asked is left out for a fortnight. In four queries.
    """
    today = today or timezone.localdate()
    old = Mentorship.objects.filter(scheme=scheme, stage=MentorshipStage.ACTIVE, began_on__lte=today - ASK_AFTER)
    others = old.exclude(mentee__user=but).exclude(mentor__user=but)
    rooms = list(others.select_related("mentee__user", "mentor__user").order_by("pk"))
    quiet = {pk: how for pk, how in quiet_of(rooms).items() if how.since(today, ASK_AFTER)}
    asked = asked_lately(quiet, today) if quiet else {}
    due = [
        Line(room.pk, room.stage, quiet[room.pk].last, room.mentee.user.name, room.mentor.user.name)
        for room in rooms
        if room.pk in quiet and room.pk not in asked
    ]
    due.sort(key=lambda line: line.since)
    return Slice(tuple(due[start:stop]), len(due))


def _latest(sessions: "QuerySet[Session]") -> Mapping[UUID, tuple[date]]:
    found = sessions.values("mentorship").annotate(latest=Max("starts_at")).values_list("mentorship", "latest")
    return {pk: (times.london_date(latest),) for pk, latest in found}
