"""The monthly rhythm: after 45 quiet days an email to both, unless they have said that all is well."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from ithaca.records import times
from ithaca.records.mentorships.models import Side
from ithaca.records.mentorships.room.actions.sides import side_of
from ithaca.records.mentorships.room.emails import mentorships as emails
from ithaca.records.mentorships.room.locks import enter, enter_open, people
from ithaca.records.mentorships.room.queries import quiet_rooms
from ithaca.records.mentorships.rules.deadlines import FINE_FOR_MONTHS
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox


@transaction.atomic
def nudge(mentorship: UUID, at: datetime) -> bool:
    """Remind both that it is a while since they met. Once in each quiet time; False when it is not due."""
    room = enter(mentorship)
    today = times.london_date(at)
    if room.pk not in quiet_rooms.to_nudge([room], today):
        return False
    for person in people(room):
        outbox.put(emails.a_while_ago(room, person), at)
        one = side_of(room, person.user_id, at)
        one.nudged_on = today
        one.save(update_fields=["nudged_on"])
    return True


@transaction.atomic
def say_fine(mentorship: UUID, by: Party, *, actor: UUID, at: datetime) -> date:
    """Say that all is well: for three months nobody is reminded or asked. Returns the last day of that.

    `actor` is whose hand it is: a coordinator's, when it was said by telephone.
    """
    room = enter_open(mentorship, "say_fine", by)
    until = _months_after(times.london_date(at), FINE_FOR_MONTHS)
    who = room.mentee if by is Party.MENTEE else room.mentor
    mine = side_of(room, who.user_id, at)
    if mine.fine_until != until:
        Side.objects.filter(pk=mine.pk).update(fine_until=until)
        ledger.record("mentorship", room.pk, "say_fine", by=by, at=at, actor=actor)
    return until


@transaction.atomic
def note_asked(mentorship: UUID, *, coordinator: UUID, at: datetime, form: UUID) -> bool:
    """Note that a coordinator has asked whether all is well: they need not ask again for a fortnight.

    False when this form was handled already. Raises Impossible when nobody need ask.
    """
    room = enter(mentorship)
    if ledger.handled(form, "mentorship", room.pk, quiet_rooms.ASKED):
        return False
    if room.pk not in quiet_rooms.to_ask([room], times.london_date(at)):
        raise Impossible("mentorship", room.stage, quiet_rooms.ASKED, Party.COORDINATOR)
    by = Party.COORDINATOR
    ledger.record("mentorship", room.pk, quiet_rooms.ASKED, by=by, at=at, actor=coordinator, form=form)
    return True


def _months_after(day: date, months: int) -> date:
    """Return the same day so many months on, or the last day of a month that is shorter."""
    first = date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
