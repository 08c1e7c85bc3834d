"""Emails about a first chat. Each that sets, moves or stops it carries a calendar file made for its reader alone."""

from datetime import datetime

from django.urls import reverse

from ithaca.records import times
from ithaca.records.members.emails.addressing import member, scheme_of
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Introduction
from ithaca.tools.post import calendar, letters
from ithaca.tools.post.outbox import Invitation, Letter

MINUTES = 30
"""How long a first chat takes in a calendar."""


def chat_to_arrange(to: Membership, introduction: Introduction) -> Letter:
    return _write("chat_to_arrange", to, introduction)


def chat_still_to_arrange(to: Membership, introduction: Introduction) -> Letter:
    """Remind them after five days without a time."""
    return _write("chat_still_to_arrange", to, introduction)


def chat_arranged(to: Membership, introduction: Introduction, at: datetime) -> Letter:
    return _write("chat_arranged", to, introduction, calendar.request(appointment(introduction, to), at))


def chat_moved(to: Membership, introduction: Introduction, at: datetime) -> Letter:
    return _write("chat_moved", to, introduction, calendar.request(appointment(introduction, to), at))


def chat_missed(to: Membership, introduction: Introduction, invitation: Invitation | None) -> Letter:
    """Say that the two did not get to talk. A time that was still to come is taken out of the calendar."""
    return _write("chat_missed", to, introduction, invitation)


def chat_answer_wanted(to: Membership, introduction: Introduction) -> Letter:
    """Ask someone who hasn't answered three days after the chat. Whether the other has is not said."""
    return _write("chat_answer_wanted", to, introduction)


def called_off(to: Membership, introduction: Introduction, at: datetime) -> list[Letter]:
    """Write for the calendar of someone who needs to hear no more: nothing where no chat is to come."""
    invitation = cancellation(introduction, to, at)
    return [_write("called_off", to, introduction, invitation, reverse("joining:home"))] if invitation else []


def cancellation(introduction: Introduction, to: Membership, at: datetime) -> Invitation | None:
    """Return what takes a chat that is still to come out of this person's calendar."""
    if introduction.chat_at is None or introduction.chat_at <= at:
        return None
    return calendar.cancel(appointment(introduction, to), at)


def appointment(introduction: Introduction, to: Membership) -> calendar.Appointment:
    """Return the first chat as this person's calendar knows it. Raises ValueError while there is no time."""
    if introduction.chat_at is None:
        raise ValueError("no chat is arranged")
    return calendar.Appointment(
        introduction.pk,
        introduction.chat_sequence,
        introduction.chat_at,
        MINUTES,
        reverse("pairing:introduction", args=[introduction.pk]),
        to.user.email,
    )


def _write(
    kind: str, to: Membership, introduction: Introduction, invitation: Invitation | None = None, path: str = ""
) -> Letter:
    when = {"when": times.in_words(introduction.chat_at)} if introduction.chat_at else {}
    path = path or reverse("pairing:introduction", args=[introduction.pk])
    sender = scheme_of(introduction.request.membership.scheme)
    return letters.write(f"first_chats/{kind}", member(to), path, sender, invitation, **when)
