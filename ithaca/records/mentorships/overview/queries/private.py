"""Whether someone has anything to lose with their key."""

from collections.abc import Iterable, Sized
from uuid import UUID

from ithaca.records.members.models import PrivateList
from ithaca.records.mentorships.models import MentoringRequest


def has_private_text(person: UUID, requests: Iterable[MentoringRequest], rooms: Sized) -> bool:
    """Say whether this person has a list, a story or a room that only their key opens."""
    told = any(request.story is not None for request in requests)
    return told or len(rooms) > 0 or PrivateList.objects.filter(user=person).exists()
