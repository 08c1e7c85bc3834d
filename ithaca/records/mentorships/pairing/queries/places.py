"""How many of a mentor's places are taken."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count

from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.models import Introduction, Mentorship
from ithaca.records.mentorships.rules.stages.room import RUNNING


def taken(standings: Iterable[MentorStanding]) -> dict[UUID, int]:
    """Count the places taken of each of these mentors, by the standing's uuid, in two queries."""
    members = {standing.membership_id: standing.pk for standing in standings}
    counts = dict.fromkeys(members.values(), 0)
    offers = Introduction.objects.filter(standing__in=counts, stage__in=Introduction.OFFERS)
    for standing, count in offers.values_list("standing").annotate(count=Count("pk")):
        counts[standing] += count
    mentorships = Mentorship.objects.filter(mentor__in=members, stage__in=RUNNING)
    for member, count in mentorships.values_list("mentor").annotate(count=Count("pk")):
        counts[members[member]] += count
    return counts
