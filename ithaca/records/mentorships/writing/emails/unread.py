"""The email about what the two write: that there is something to read, never what, and at most once a day."""

from django.urls import reverse

from ithaca.records.members.emails.addressing import member, scheme_of
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter


def something_to_read(room: Mentorship, to: Membership) -> Letter:
    path = reverse("meeting:room", args=[room.pk])
    return letters.write("unread/something_to_read", member(to), path, scheme_of(room.scheme))
