"""Letters about a first chat. Each that sets, moves or stops it carries a calendar file made for its reader alone."""

from datetime import datetime

from django.utils.translation import gettext as _

from ithaca.records import times
from ithaca.records.members.emails.addressing import member
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Introduction
from ithaca.tools.post import calendar
from ithaca.tools.post.outbox import Invitation, Letter

MINUTES = 30
"""How long a first chat takes in a calendar."""


def chat_to_arrange(to: Membership, introduction: Introduction) -> Letter:
    return _letter(
        to,
        introduction,
        "chat_to_arrange",
        _("You both said yes: find a time for a first chat"),
        _("You both said yes. Next comes a first chat, and then each of you decides."),
        _("Either of you may suggest the day and the time."),
    )


def chat_still_to_arrange(to: Membership, introduction: Introduction) -> Letter:
    """After five days without a time."""
    return _letter(
        to,
        introduction,
        "chat_still_to_arrange",
        _("Your first chat has no day and time yet"),
        _("You both said yes, and there is no time for a first chat yet."),
        _("Either of you may suggest one. It does not commit you to anything."),
    )


def chat_arranged(to: Membership, introduction: Introduction, at: datetime) -> Letter:
    when = {"when": _when(introduction)}
    return _letter(
        to,
        introduction,
        "chat_arranged",
        _("A first chat is set: %(when)s") % when,
        _("Your first chat is set for %(when)s.") % when,
        _("The file with this letter puts it in your calendar, with a title that says nothing."),
        _("If the time does not suit you, suggest another on your page."),
        invitation=calendar.request(appointment(introduction, to), at),
    )


def chat_moved(to: Membership, introduction: Introduction, at: datetime) -> Letter:
    when = {"when": _when(introduction)}
    return _letter(
        to,
        introduction,
        "chat_moved",
        _("A first chat has changed: %(when)s") % when,
        _("Your first chat has changed. It is now on %(when)s.") % when,
        _("The file with this letter changes it in your calendar. The page shows how to join."),
        invitation=calendar.request(appointment(introduction, to), at),
    )


def chat_missed(to: Membership, introduction: Introduction, invitation: Invitation | None) -> Letter:
    """The two did not get to talk; a time that was still to come is taken out of the calendar."""
    return _letter(
        to,
        introduction,
        "chat_missed",
        _("Find another time for a first chat"),
        _("The first chat did not come about. That happens."),
        _("Either of you may suggest another day and time."),
        invitation=invitation,
    )


def chat_answer_wanted(to: Membership, introduction: Introduction) -> Letter:
    """Three days after the chat, to one who has not answered. Whether the other has is not said."""
    return _letter(
        to,
        introduction,
        "chat_answer_wanted",
        _("After your first chat: would you like to go on?"),
        _("Your first chat was some days ago. Say on your page whether you would like to go on."),
        _("Nobody is told who said no, or why. If you did not get to talk, say so and set another time."),
    )


def called_off(to: Membership, introduction: Introduction, at: datetime) -> list[Letter]:
    """For the calendar of one who needs no other word: nothing where no chat is to come."""
    invitation = cancellation(introduction, to, at)
    if invitation is None:
        return []
    return [
        Letter(
            member(to),
            "called_off",
            _("Called off: %(when)s") % {"when": _when(introduction)},
            (
                _("The time that was set for %(when)s is called off. You do not need to do anything.")
                % {"when": _when(introduction)},
                _("The file with this letter takes it out of your calendar."),
            ),
            _("Open your page"),
            "/my-mentoring/",
            introduction.request.membership.scheme.name,
            invitation,
        )
    ]


def cancellation(introduction: Introduction, to: Membership, at: datetime) -> Invitation | None:
    """What takes a chat that is still to come out of this person's calendar."""
    if introduction.chat_at is None or introduction.chat_at <= at:
        return None
    return calendar.cancel(appointment(introduction, to), at)


def appointment(introduction: Introduction, to: Membership) -> calendar.Appointment:
    """The first chat as this person's calendar knows it. Raises ValueError while there is no time."""
    if introduction.chat_at is None:
        raise ValueError("no chat is arranged")
    return calendar.Appointment(
        introduction.pk,
        introduction.chat_sequence,
        introduction.chat_at,
        MINUTES,
        f"/introductions/{introduction.pk}/",
        to.user.email,
    )


def _when(introduction: Introduction) -> str:
    return times.in_words(introduction.chat_at) if introduction.chat_at else ""


def _letter(
    to: Membership,
    introduction: Introduction,
    kind: str,
    subject: str,
    *paragraphs: str,
    invitation: Invitation | None = None,
) -> Letter:
    return Letter(
        to=member(to),
        kind=kind,
        subject=subject,
        paragraphs=paragraphs,
        link_text=_("Open your page"),
        path=f"/introductions/{introduction.pk}/",
        sender=introduction.request.membership.scheme.name,
        invitation=invitation,
    )
