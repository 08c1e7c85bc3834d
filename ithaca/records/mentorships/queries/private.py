"""Whether someone has anything to lose with their key."""

from uuid import UUID

from django.db.models import Q

from ithaca.records.members.models import PrivateList
from ithaca.records.mentorships.models import MentoringRequest, Mentorship


def has_private_text(person: UUID) -> bool:
    """Has this person a list, a story or a mentorship that only their key opens?"""
    theirs = Q(mentee__user=person) | Q(mentor__user=person)
    return (
        PrivateList.objects.filter(user=person).exists()
        or MentoringRequest.objects.filter(membership__user=person, story__isnull=False).exists()
        or Mentorship.objects.filter(theirs).exists()
    )
