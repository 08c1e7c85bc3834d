"""The email that reminds both people to look at their agreement again."""

from django.urls import reverse

from ithaca.records.members.emails.addressing import member, scheme_of
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter


def look_again(room: Mentorship, to: Membership) -> Letter:
    path = reverse("meeting:agreement_review", args=[room.pk])
    return letters.write("agreement_reviews/look_again", member(to), path, scheme_of(room.scheme))
