"""Letters about one conversation that becomes more."""

from django.utils.translation import gettext as _

from ithaca.records.members.models import Membership
from ithaca.records.mentorships.letters.recipients import member
from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post.outbox import Letter


def both_go_on(room: Mentorship, to: Membership) -> Letter:
    return Letter(
        to=member(to),
        kind="both_go_on",
        subject=_("You both said yes: you can go on"),
        paragraphs=(
            _("You both would like to go on. We are glad."),
            _("Your page has one page to agree on, filled in already. Talk it through when you meet."),
        ),
        link_text=_("Open your page"),
        path=f"/mentorships/{room.pk}/",
        sender=room.scheme.name,
    )
