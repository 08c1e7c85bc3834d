"""Emails about the mentorship as a whole: its beginning, a long silence, going on, its ending."""

from django.utils.translation import gettext as _

from ithaca.records.members.emails import addressing
from ithaca.records.members.emails.addressing import member
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post.outbox import Letter, Recipient


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
        f"/mentorships/{room.pk}/ending/",
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
    return Letter(addressing.member(to), kind, subject, paragraphs, _("Open the page"), path, room.scheme.name)


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


def a_while_ago(room: Mentorship, to: Membership) -> Letter:
    return Letter(
        addressing.member(to),
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


def room_opened(to: Recipient, mentorship: Mentorship) -> Letter:
    """To the mentor: now both have signed in, and the two can write to one another."""
    return Letter(
        to=to,
        kind="room_opened",
        subject=_("Everything is ready for you both"),
        paragraphs=(
            _("You have both signed in now."),
            _("From now on you can use every part of the page. Only the two of you read what is written there."),
        ),
        link_text=_("Open your page"),
        path=f"/mentorships/{mentorship.pk}/",
        sender=mentorship.scheme.name,
    )
