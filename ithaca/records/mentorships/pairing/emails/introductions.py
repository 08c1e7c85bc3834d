"""Emails about an introduction. Neither of the two is named, nor is it said which of them the reader is."""

from datetime import datetime

from django.urls import reverse

from ithaca.records.members.emails.addressing import by_day, desk_of, member, scheme_of, team_of
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.pairing.emails.first_chats import cancellation
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Invitation, Letter, Recipient


def answer_wanted(to: Recipient, introduction: Introduction) -> Letter:
    """Ask the mentee first, and the mentor after the mentee's yes."""
    return _to_answer("answer_wanted", to, introduction)


def answer_still_wanted(to: Recipient, introduction: Introduction) -> Letter:
    return _to_answer("answer_still_wanted", to, introduction)


def question_asked(to: Recipient, introduction: Introduction) -> Letter:
    """Tell the mentee that the mentor would like to know something before they answer."""
    return _to_answer("question_asked", to, introduction)


def question_answered(to: Recipient, introduction: Introduction) -> Letter:
    """Tell the mentor that the answer has come, and that it's their turn."""
    return _to_answer("question_answered", to, introduction)


def another_offered(to: Recipient, introduction: Introduction) -> Letter:
    """Tell the mentee that the one before did not go ahead, and that this is the next that was prepared."""
    return _to_answer("another_offered", to, introduction)


def confirmed(to: Recipient, introduction: Introduction) -> Letter:
    return _write("confirmed", to, introduction, reverse("meeting:session_schedule", args=[introduction.pk]))


def next_asked(to: Membership, introduction: Introduction, following: Introduction, at: datetime) -> Letter:
    """Tell a mentee who made a list that the next on it is asked."""
    path = reverse("pairing:request", args=[introduction.request_id])
    invitation = cancellation(introduction, to, at)
    return _write("next_asked", member(to), introduction, path, invitation, day=_answer_by(following))


def did_not_go_ahead(to: Membership, introduction: Introduction, at: datetime) -> Letter:
    """Tell the mentee. Who stopped it, and why, is not said."""
    path = reverse("pairing:request", args=[introduction.request_id])
    return _write("did_not_go_ahead", member(to), introduction, path, cancellation(introduction, to, at))


def no_longer_needed(to: Membership, introduction: Introduction, at: datetime) -> Letter:
    """Tell the mentor that an introduction they had been asked about is over."""
    path = reverse("joining:home")
    return _write("no_longer_needed", member(to), introduction, path, cancellation(introduction, to, at))


def back_in_the_queue(to: Recipient, introduction: Introduction) -> Letter:
    """Tell a coordinator that someone is in the queue again. Who said no, and why, is not said."""
    scheme = introduction.request.membership.scheme
    return letters.write("introductions/back_in_the_queue", to, desk_of(scheme), team_of(scheme))


def _to_answer(kind: str, to: Recipient, introduction: Introduction) -> Letter:
    path = reverse("pairing:introduction", args=[introduction.pk])
    return _write(kind, to, introduction, path, day=_answer_by(introduction))


def _answer_by(introduction: Introduction) -> str:
    return by_day(introduction.answer_by) if introduction.answer_by else ""


def _write(
    kind: str,
    to: Recipient,
    introduction: Introduction,
    path: str,
    invitation: Invitation | None = None,
    **values: str,
) -> Letter:
    sender = scheme_of(introduction.request.membership.scheme)
    return letters.write(f"introductions/{kind}", to, path, sender, invitation, **values)
