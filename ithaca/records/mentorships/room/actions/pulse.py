"""How good it is for each of the two: asked now and then, counted for the scheme, and joined to nobody.

An answer leaves no trace but a number counted up: no step in the ledger, no moment, no form's uuid. On the person's
side of the room stands only on which day they were asked, and whether the question is still open.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Value, When

from ithaca.records import times
from ithaca.records.mentorships.models import PulseCheck, Side
from ithaca.records.mentorships.room.actions.sides import side_of
from ithaca.records.mentorships.room.emails import pulse as emails
from ithaca.records.mentorships.room.locks import enter, enter_open, people
from ithaca.records.mentorships.room.queries.pulse import asks, waits
from ithaca.records.mentorships.rules import pulse
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.post import outbox


@transaction.atomic
def ask(mentorship: UUID, at: datetime) -> int:
    """Ask those of the two who are due. Returns how many. Paused and ended rooms, and a single talk, are not asked.

    Whoever shares several rooms of a scheme is asked in one of them in a quarter.
    """
    room = enter(mentorship)
    if not asks(room):
        return 0
    today, asked = times.london_date(at), 0
    for person in people(room):
        mine = side_of(room, person.user_id, at)
        theirs = Side.objects.filter(person=person.user_id, mentorship__scheme=room.scheme_id)
        days = [one.rating_asked_on for one in theirs.select_for_update(of=("self",)).order_by("pk")]
        if pulse.is_due(room.began_on, max(filter(None, days), default=None), today):
            mine.rating_asked_on, mine.rating_open = today, True
            mine.save(update_fields=["rating_asked_on", "rating_open"])
            outbox.put(emails.how_good_is_it(room, person), at)
            asked += 1
    return asked


@transaction.atomic
def answer(mentorship: UUID, score: int | None, by: Party, *, actor: UUID, at: datetime) -> bool:
    """Count a score of 1 to 5, or None to pass. False, and nothing counted, when no question waits for this person.

    Raises Impossible when the two have paused or ended.
    """
    room = enter_open(mentorship, "rate", by, (MentorshipStage.ACTIVE,))
    mine = side_of(room, actor, at)
    today = times.london_date(at)
    if not waits(mine, room, today):
        return False
    mine.rating_open = False
    mine.save(update_fields=["rating_open"])
    if score is not None:
        count(room.scheme, by, pulse.quarter_of(today), score)
    return True


@transaction.atomic
def count(scheme: Scheme, by: Party, quarter: date, score: int) -> None:
    """Count up one of the five rows, and write all five: which of them changed last cannot be seen from the rows."""
    cell = {"scheme": scheme, "side": by.value, "quarter": quarter}
    PulseCheck.objects.bulk_create([PulseCheck(**cell, score=each) for each in pulse.SCORES], ignore_conflicts=True)
    rows = PulseCheck.objects.filter(**cell)
    list(rows.select_for_update().order_by("score"))
    rows.update(answers=F("answers") + Case(When(score=score, then=Value(1)), default=Value(0)))
