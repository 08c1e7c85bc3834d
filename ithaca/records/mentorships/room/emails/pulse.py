"""The email that asks how good mentoring is for someone."""

from django.utils.translation import gettext as _

from ithaca.records.members.emails import addressing
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post.outbox import Letter


def how_good_is_it(room: Mentorship, to: Membership) -> Letter:
    return _letter(
        to,
        "how_good_is_it",
        _("One question, one press"),
        (
            _("We ask everyone one question now and then. It takes one press, and you can pass."),
            _("Your answer is kept without your name. Nobody can see it, only an average of many."),
        ),
        _("See the question"),
        f"/mentorships/{room.pk}/pulse/",
        room.scheme,
    )


def _letter(
    to: Membership, kind: str, subject: str, paragraphs: tuple[str, ...], link: str, path: str, scheme: Scheme
) -> Letter:
    return Letter(addressing.member(to), kind, subject, paragraphs, link, path, scheme.name)
