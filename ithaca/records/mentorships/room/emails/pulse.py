"""The email that asks how good mentoring is for someone."""

from django.urls import reverse

from ithaca.records.members.emails.addressing import member, scheme_of
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter


def how_good_is_it(room: Mentorship, to: Membership) -> Letter:
    path = reverse("meeting:pulse", args=[room.pk])
    return letters.write("pulse/how_good_is_it", member(to), path, scheme_of(room.scheme))
