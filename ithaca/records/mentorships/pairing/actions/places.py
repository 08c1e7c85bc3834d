"""A mentor's places. Live offers and live mentorships together never take more than the mentor's capacity.

Whoever takes or frees a place holds the lock on the mentor's standing, and takes locks in one order always:
request, introduction, standing.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records import moves
from ithaca.records.members.models import MentorStanding
from ithaca.records.members.stages import StandingAct, StandingStage
from ithaca.records.mentorships.pairing.queries.places import taken
from ithaca.records.stages import Party


def locked(standing: UUID) -> MentorStanding:
    """Read the standing afresh and hold its lock until the transaction ends."""
    return MentorStanding.objects.select_for_update(of=("self",)).select_related("membership__user").get(pk=standing)


def hold(standings: Iterable[UUID]) -> dict[UUID, MentorStanding]:
    """Lock several standings, always in one order, so that two who want the same never wait for each other."""
    return {pk: locked(pk) for pk in sorted(set(standings))}


@transaction.atomic
def resettle(standing: UUID, at: datetime) -> bool:
    """Settle after a leave or a change of capacity, under its own lock; return whether the stage was out of line."""
    row = locked(standing)
    before = row.stage
    settle(row, at)
    return row.stage != before


def settle(standing: MentorStanding, at: datetime) -> int:
    """Bring the stage in line with the places, of a standing whose lock is held; return how many are free.

    Whoever has ended a mentorship or an offer calls this. A mentor who is away keeps that stage.
    """
    free = standing.capacity - taken([standing])[standing.pk]
    if standing.stage == StandingStage.AVAILABLE and free <= 0:
        moves.move(standing, StandingAct.FILL, Party.SCHEDULE, at=at)
    elif standing.stage == StandingStage.FULL and free > 0:
        moves.move(standing, StandingAct.FREE, Party.SCHEDULE, at=at)
    return free
