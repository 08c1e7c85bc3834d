"""What each person says about their own side of the room: the days they reply, and which roles they'd like."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records.mentorships.models import Mentorship, Side
from ithaca.records.mentorships.room.locks import enter_open
from ithaca.records.schemes.vocabulary import DAYS, ROLES
from ithaca.records.stages import Party
from ithaca.tools.vault.keyring import Keyring, unlocked


def side_of(mentorship: Mentorship, person: UUID, at: datetime) -> Side:
    """Return this person's side of the room; make it when it is first asked for."""
    return Side.objects.get_or_create(mentorship=mentorship, person=person, defaults={"made_at": at})[0]


MOST = 3
"""The weight of a role that is wanted most."""


@transaction.atomic
def say_days(mentorship: UUID, days: Iterable[str], by: Party, *, actor: UUID, at: datetime) -> None:
    """Say on which days one usually replies; none takes it back. Raises Impossible when it is over."""
    room = enter_open(mentorship, "say_days", by)
    mine = side_of(room, actor, at)
    chosen = [day for day in DAYS if day in set(days)]
    mine.replies = Side.replies.seal(mine, json.dumps(chosen)) if chosen else None
    mine.save(update_fields=["replies"])


@transaction.atomic
def weigh_roles(
    mentorship: UUID, weights: Mapping[str, int], by: Party, *, keyring: Keyring | None, at: datetime
) -> None:
    """Record how much of each role a person wishes for, 0 to 3, sealed to both. Needs no new agreement.

    Raises Locked, NotGranted, Tampered; Impossible when it is over; ValueError for what is no role or no weight.
    """
    keys = unlocked(keyring)
    room = enter_open(mentorship, "weigh", by)
    if not set(weights) <= set(ROLES) or any(not 0 <= weight <= MOST for weight in weights.values()):
        raise ValueError("a weight is 0 to 3, of one of the eight roles")
    mine = side_of(room, keys.owner, at)
    mine.roles = Side.roles.seal(mine, json.dumps(dict(weights), sort_keys=True), keys)
    mine.save(update_fields=["roles"])
