"""Emails about switching writing on or off."""

from django.utils.translation import gettext as _

from ithaca.records.members.emails import addressing
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post.outbox import Letter


def record_changed(room: Mentorship, to: Membership) -> Letter:
    return _about_the_record(
        room, to, "record_changed", (_("Something has changed in what the two of you share. You need do nothing."),)
    )


def to_decide(room: Mentorship, to: Membership) -> Letter:
    return _about_the_record(
        room, to, "to_decide", (_("There is something for you to decide. Nothing happens until you have."),)
    )


def _about_the_record(room: Mentorship, to: Membership, kind: str, paragraphs: tuple[str, ...]) -> Letter:
    path = f"/mentorships/{room.pk}/written-record/"
    subject = _("Something has changed") if kind == "record_changed" else _("There is something to decide")
    return Letter(addressing.member(to), kind, subject, paragraphs, _("See what it is"), path, room.scheme.name)
