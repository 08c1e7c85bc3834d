"""A letter when it is a while since two people met. Silence never closes anything, and it says so."""

from django.utils.translation import gettext as _

from ithaca.records.members.models import Membership
from ithaca.records.mentorships.letters import recipients
from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post.outbox import Letter


def a_while_ago(room: Mentorship, to: Membership) -> Letter:
    return Letter(
        recipients.member(to),
        "a_while_ago",
        _("It is a while ago"),
        (
            _("No time is set, and the last one is a while ago."),
            _("You can choose a time, or say that all is well. Then we do not write about this for three months."),
            _("Nothing ends because you do not answer."),
        ),
        _("Choose a time, or say that all is well"),
        f"/mentorships/{room.pk}/",
        room.scheme.name,
    )
