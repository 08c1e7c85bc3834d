"""Pairs that met before they came here: a mentorship without an introduction, whose keys are made later.

Only the mentee's own open key can make the two a key, and it needs the mentor's public one. So the room is there at
once, and its keys are made the first time that the mentee opens their own after the mentor has signed in.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.mentorships.models import Agreement, Mentorship
from ithaca.records.mentorships.pairing.actions import places
from ithaca.records.mentorships.room.locks import enter
from ithaca.records.schemes.queries.schemes import agreement_of
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger


class NoPlace(Exception):
    """Every place of this mentor is taken."""


@transaction.atomic
def bring_in(
    mentee: Membership,
    standing: MentorStanding,
    *,
    began_on: date,
    held_before: int,
    asked_on: date | None,
    coordinator: UUID,
    at: datetime,
) -> Mentorship:
    """Begin a room for two who met elsewhere, with the agreement still to be made. Raises NoPlace."""
    standing = places.locked(standing.pk)
    if places.settle(standing, at) <= 0:
        raise NoPlace
    mentorship = Mentorship.objects.create(
        scheme=mentee.scheme,
        mentee=mentee,
        mentor=standing.membership,
        began_on=began_on,
        held_before=held_before,
        asked_on=asked_on,
        stage_since=at,
    )
    Agreement.objects.create(mentorship=mentorship, template=agreement_of(mentee.scheme), stage_since=at)
    _note(mentorship.pk, "bring_in", coordinator, at, to=mentorship.stage)
    places.settle(standing, at)
    return mentorship


@transaction.atomic
def correct(mentorship: UUID, changes: dict[str, Any], *, coordinator: UUID, at: datetime) -> None:
    """Correct the dates and the count of sessions of such a pair."""
    room = enter(mentorship)
    for name, value in changes.items():
        setattr(room, name, value)
    room.version += 1
    room.save(update_fields=[*changes, "version"])
    _note(room.pk, "correct", coordinator, at)


def _note(mentorship: UUID, act: str, coordinator: UUID, at: datetime, to: str = "") -> None:
    ledger.record("mentorship", mentorship, act, by=Party.COORDINATOR, at=at, actor=coordinator, to=to)
