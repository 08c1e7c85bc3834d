"""Letters about an agreement: that there is something to read, never what it says."""

from django.utils.translation import gettext as _

from ithaca.records.members.emails import addressing
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post.outbox import Letter


def agreement_changed(room: Mentorship, to: Membership) -> Letter:
    return _letter(
        room,
        to,
        "agreement_changed",
        _("New words to read"),
        (
            _("There are new words in something that the two of you share."),
            _("Please read them. You can agree, or change them again. There is no hurry."),
        ),
    )


def agreement_waits(room: Mentorship, to: Membership) -> Letter:
    return _letter(
        room,
        to,
        "agreement_waits",
        _("Your yes is wanted"),
        (
            _("One of you has agreed. It holds as soon as you agree too."),
            _("Please read it first. You can change any part. A good time for this is when you next meet."),
        ),
    )


def agreement_in_force(room: Mentorship, to: Membership) -> Letter:
    return _letter(
        room,
        to,
        "agreement_in_force",
        _("You have both agreed"),
        (_("You have both agreed. You can read it, print it or change it at any time."),),
    )


def agreement_kept(room: Mentorship, to: Membership) -> Letter:
    return _letter(
        room,
        to,
        "agreement_kept",
        _("It stays as it was"),
        (_("The new words were set aside. What you both agreed before still holds."),),
    )


def _letter(room: Mentorship, to: Membership, kind: str, subject: str, paragraphs: tuple[str, ...]) -> Letter:
    path = f"/mentorships/{room.pk}/agreement/"
    return Letter(addressing.member(to), kind, subject, paragraphs, _("Read it"), path, room.scheme.name)
