"""Pairs that met before they came here: a mentorship without an introduction, whose keys are made later.

Only the mentee's own open key can make the two a key, and it needs the mentor's public one. So the room is there at
once, and its keys are made the first time that the mentee opens their own after the mentor has signed in.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.mentorships.actions import places
from ithaca.records.mentorships.actions.entering import enter
from ithaca.records.mentorships.letters import pairing as letters
from ithaca.records.mentorships.letters.recipients import member
from ithaca.records.mentorships.models import Contract, Mentorship
from ithaca.records.schemes.queries import agreement_of
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox
from ithaca.tools.vault import directory, grants
from ithaca.tools.vault.keyring import Keyring


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
    Contract.objects.create(mentorship=mentorship, template=agreement_of(mentee.scheme), stage_since=at)
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


def awaits_keys(mentorship: Mentorship) -> str:
    """Whose turn it is before this room has a key: "mentee", or "mentor" who has to sign in first; "" when it has one.

    Only a pair that met elsewhere begins without one.
    """
    if mentorship.introduction_id is not None or mentorship.stage == "ended" or grants.epochs_of(mentorship.pk):
        return ""
    return "mentee" if directory.enrolled(mentorship.mentor.user_id) else "mentor"


@transaction.atomic
def make_keys(keyring: Keyring, at: datetime) -> int:
    """Make the keys of every room of this mentee's that has none, where the mentor has signed in. Returns how many."""
    rooms = Mentorship.objects.filter(mentee__user=keyring.owner, introduction=None).exclude(stage="ended")
    made = 0
    for room in rooms.select_related("scheme", "mentee__user", "mentor__user").select_for_update(of=("self",)):
        mentor = room.mentor.user_id
        if grants.epochs_of(room.pk) or not directory.enrolled(mentor):
            continue
        keyring.open_relationship(room.pk, f"{at.year + 1}-{at.month:02}", [keyring.owner, mentor])
        ledger.record("mentorship", room.pk, "make_keys", by=Party.MENTEE, at=at, actor=keyring.owner)
        outbox.put(letters.room_opened(member(room.mentor), room), at)
        made += 1
    return made


def _note(mentorship: UUID, act: str, coordinator: UUID, at: datetime, to: str = "") -> None:
    ledger.record("mentorship", mentorship, act, by=Party.COORDINATOR, at=at, actor=coordinator, to=to)
