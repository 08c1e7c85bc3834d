"""Letters about what the two write: that there is something to read, never what, and at most one a day."""

from django.utils.translation import gettext as _

from ithaca.records.members.emails import addressing
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post.outbox import Letter


def something_to_read(room: Mentorship, to: Membership) -> Letter:
    return Letter(
        addressing.member(to),
        "something_to_read",
        _("There is something for you to read"),
        (
            _("There is something for you to read."),
            _("There is no hurry. You will get no more than one letter a day about this."),
        ),
        _("Read it"),
        f"/mentorships/{room.pk}/",
        room.scheme.name,
    )
