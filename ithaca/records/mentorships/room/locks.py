"""The lock of a room: whatever changes in a mentorship, its sessions or its agreement holds it, so nothing crosses."""

from uuid import UUID

from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.rules.stages.room import RUNNING
from ithaca.records.stages import Impossible, Party


def enter(mentorship: UUID) -> Mentorship:
    """Read the mentorship with its people and hold its lock until the transaction ends."""
    found = Mentorship.objects.select_for_update(of=("self",))
    return found.select_related("scheme", "mentee__user", "mentor__user").get(pk=mentorship)


def enter_open(mentorship: UUID, act: str, by: Party, stages: tuple[str, ...] = RUNNING) -> Mentorship:
    """Enter a room that is not over yet; raises Impossible when its stage is none of `stages`."""
    found = enter(mentorship)
    if found.stage not in stages:
        raise Impossible("mentorship", found.stage, act, by)
    return found


def people(mentorship: Mentorship) -> tuple[Membership, Membership]:
    """Return both people who share the room, the mentee first."""
    return mentorship.mentee, mentorship.mentor


def other(mentorship: Mentorship, by: Party) -> Membership:
    """Return the other person: who isn't acting."""
    return mentorship.mentor if by is Party.MENTEE else mentorship.mentee
