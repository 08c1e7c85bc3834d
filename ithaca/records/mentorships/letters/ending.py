"""Letters about pausing, going on and stopping."""

from django.utils.translation import gettext as _

from ithaca.records.members.models import Membership
from ithaca.records.mentorships.letters import recipients
from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post.outbox import Letter


def ended(room: Mentorship, to: Membership) -> Letter:
    return _letter(
        room,
        to,
        "ended",
        _("Something has come to its end"),
        (
            _("One of you has stopped here. No reason is needed, and none is asked."),
            _("Times that were set are called off. What was kept stays readable for a year."),
            _("The page says what comes next, and how to ask again."),
        ),
        f"/mentorships/{room.pk}/closing/",
    )


def paused(room: Mentorship, to: Membership) -> Letter:
    return _letter(
        room,
        to,
        "paused",
        _("A pause"),
        (_("You two are taking a pause. Either of you can go on whenever you like."),),
        f"/mentorships/{room.pk}/",
    )


def pause_is_over(room: Mentorship, to: Membership) -> Letter:
    return _letter(
        room,
        to,
        "pause_is_over",
        _("Would you like to go on?"),
        (
            _("The day has come until which you two meant to pause."),
            _("You can go on, or stay as you are for longer. Nothing happens by itself."),
        ),
        f"/mentorships/{room.pk}/",
    )


def resumed(room: Mentorship, to: Membership) -> Letter:
    return _letter(
        room,
        to,
        "resumed",
        _("The pause is over"),
        (_("You two can go on. Please choose a time to meet."),),
        f"/mentorships/{room.pk}/",
    )


def _letter(
    room: Mentorship, to: Membership, kind: str, subject: str, paragraphs: tuple[str, ...], path: str
) -> Letter:
    return Letter(recipients.member(to), kind, subject, paragraphs, _("Open the page"), path, room.scheme.name)
