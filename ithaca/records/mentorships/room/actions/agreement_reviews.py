"""Reviewing the agreement on the day that both chose for it."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from ithaca.records import times
from ithaca.records.mentorships.models import Agreement
from ithaca.records.mentorships.room.emails import agreement_reviews as emails
from ithaca.records.mentorships.room.locks import enter, enter_open, people
from ithaca.records.mentorships.room.queries.agreements import in_force, pending
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox

LEAST, MOST = timedelta(days=91), timedelta(days=364)
"""The next look is proposed for between so many days ahead."""


@transaction.atomic
def tell(mentorship: UUID, at: datetime) -> bool:
    """Tell both that the day has come. Once for each day they choose; False when it is not due, or new words wait."""
    room = enter(mentorship)
    agreement = in_force(room)
    if (
        room.stage != MentorshipStage.ACTIVE
        or agreement is None
        or not is_due(agreement, times.london_date(at))
        or pending(room)
    ):
        return False
    if agreement.review_told_for == agreement.review_on:
        return False
    agreement.review_told_for = agreement.review_on
    agreement.save(update_fields=["review_told_for"])
    for person in people(room):
        outbox.put(emails.look_again(room, person), at)
    return True


@transaction.atomic
def keep(mentorship: UUID, again_on: date | None, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Keep the agreement as it is, and look again on another day, or on none.

    When the other has done so a moment before, theirs stands; then False. Raises Impossible when it is over, or
    nothing is agreed.
    """
    room = enter_open(mentorship, "review", by)
    agreement = in_force(room)
    if agreement is None:
        raise Impossible("contract", "none", "review", by)
    if not is_due(agreement, times.london_date(at)) or ledger.handled(form, "contract", agreement.pk, "review"):
        return agreement.review_on == again_on
    agreement.review_on = again_on
    agreement.save(update_fields=["review_on"])
    ledger.record("contract", agreement.pk, "review", by=by, at=at, actor=actor, form=form)
    return True


def is_due(agreement: Agreement, today: date) -> bool:
    """Say whether the day on which they meant to review it has come."""
    return agreement.review_on is not None and agreement.review_on <= today


def next_day(agreement: Agreement, today: date) -> date:
    """Return a day for the next review: as far ahead as the last one was when it was agreed, a year at most."""
    if agreement.review_on is None:
        return today + LEAST
    return today + min(MOST, max(LEAST, agreement.review_on - times.london_date(agreement.stage_since)))
