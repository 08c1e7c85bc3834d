"""How good it is for each of the two: asked now and then, counted for the scheme, and joined to nobody.

An answer leaves no trace but a number counted up: no step in the ledger, no moment, no form's uuid. On the person's
side of the room stands only on which day they were asked, and whether the question is still open.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Value, When

from ithaca.records.mentorships import pulse, times
from ithaca.records.mentorships.actions.entering import enter, enter_open, people, side
from ithaca.records.mentorships.letters import listening as letters
from ithaca.records.mentorships.models import Mentorship, PulseCheck
from ithaca.records.stages import Party
from ithaca.tools.post import outbox


@transaction.atomic
def ask(mentorship: UUID, at: datetime) -> int:
    """Ask those of the two who are due. Returns how many. Paused and ended rooms, and a single talk, are not asked."""
    room = enter(mentorship)
    if not asks(room):
        return 0
    today, asked = times.london_date(at), 0
    for person in people(room):
        mine = side(room, person.user_id, at)
        if is_due(room.began_on, mine.rating_asked_on, today):
            mine.rating_asked_on, mine.rating_open = today, True
            mine.save(update_fields=["rating_asked_on", "rating_open"])
            outbox.put(letters.how_good_is_it(room, person), at)
            asked += 1
    return asked


@transaction.atomic
def answer(mentorship: UUID, score: int | None, by: Party, *, actor: UUID, at: datetime) -> bool:
    """Count a score of 1 to 5, or None to pass. False, and nothing counted, when no question is open for this person.

    Raises Impossible when the two have paused or ended.
    """
    room = enter_open(mentorship, "rate", by, ("active",))
    mine = side(room, actor, at)
    if not mine.rating_open:
        return False
    mine.rating_open = False
    mine.save(update_fields=["rating_open"])
    if score is not None:
        _count(room, by, pulse.quarter_of(times.london_date(at)), score)
    return True


def asks(room: Mentorship) -> bool:
    """Does the scheme ask in this room?"""
    return room.scheme.ratings and room.stage == "active" and not room.one_off


def is_due(began_on: date, asked_on: date | None, today: date) -> bool:
    """Has a day on which one is asked come since they were asked last?"""
    due = pulse.asked_on(began_on, today)
    return due is not None and (asked_on is None or asked_on < due)


def somebody_is_due(room: Mentorship, today: date) -> bool:
    """Is one of the two to be asked? From what was read already, if `sides` were."""
    asked = [one.rating_asked_on for one in room.sides.all()]
    return any(is_due(room.began_on, day, today) for day in [*asked, *[None] * (2 - len(asked))])


def _count(room: Mentorship, by: Party, quarter: date, score: int) -> None:
    """Count up one of the five rows, and write all five: which of them changed last cannot be seen from the rows."""
    cell = {"scheme_id": room.scheme_id, "side": by.value, "quarter": quarter}
    PulseCheck.objects.bulk_create([PulseCheck(**cell, score=each) for each in pulse.SCORES], ignore_conflicts=True)
    rows = PulseCheck.objects.filter(**cell)
    list(rows.select_for_update().order_by("score"))
    rows.update(answers=F("answers") + Case(When(score=score, then=Value(1)), default=Value(0)))
