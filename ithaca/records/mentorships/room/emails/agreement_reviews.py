"""The email that reminds both people to look at their agreement again."""

from django.utils.translation import gettext as _

from ithaca.records.members.emails import addressing
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post.outbox import Letter


def look_again(room: Mentorship, to: Membership) -> Letter:
    return _letter(
        to,
        "look_again",
        _("The day has come to look again"),
        (
            _("You two chose a day on which to look again at what you agreed. It has come."),
            _("You can keep everything as it is, or change it. Nothing changes by itself."),
        ),
        _("Look at it again"),
        f"/mentorships/{room.pk}/agreement/review/",
        room.scheme,
    )


def _letter(
    to: Membership, kind: str, subject: str, paragraphs: tuple[str, ...], link: str, path: str, scheme: Scheme
) -> Letter:
    return Letter(addressing.member(to), kind, subject, paragraphs, link, path, scheme.name)
