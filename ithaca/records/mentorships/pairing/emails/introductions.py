"""Letters about an introduction. Neither of the two is named, nor is it said which of them the reader is."""

from datetime import datetime

from django.utils.translation import gettext as _

from ithaca.records.members.emails.addressing import by_day, member
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.pairing.emails.first_chats import cancellation
from ithaca.tools.post.outbox import Letter, Recipient


def answer_wanted(to: Recipient, introduction: Introduction) -> Letter:
    """To the mentee first, and to the mentor after the mentee's yes."""
    return _letter(
        to,
        introduction,
        "answer_wanted",
        _("An answer is wanted by %(day)s") % {"day": _wanted_by(introduction)},
        _("We have an introduction for you."),
        _("Please say yes or no by %(day)s. A no needs no reason.") % {"day": _wanted_by(introduction)},
    )


def answer_still_wanted(to: Recipient, introduction: Introduction) -> Letter:
    return _letter(
        to,
        introduction,
        "answer_still_wanted",
        _("A reminder: an answer is wanted by %(day)s") % {"day": _wanted_by(introduction)},
        _("An introduction waits for your yes or no."),
        _("If we hear nothing by %(day)s, we go on without it. Nobody will think the worse of you.")
        % {"day": _wanted_by(introduction)},
    )


def question_asked(to: Recipient, introduction: Introduction) -> Letter:
    """To the mentee: the mentor would like to know something before they answer."""
    return _letter(
        to,
        introduction,
        "question_asked",
        _("There is a question for you: please answer by %(day)s") % {"day": _wanted_by(introduction)},
        _("Before they answer, someone would like to ask you something."),
        _("You read the question and answer it on your page. Only the two of you can read either."),
        _("Please answer by %(day)s.") % {"day": _wanted_by(introduction)},
    )


def question_answered(to: Recipient, introduction: Introduction) -> Letter:
    """To the mentor: the answer has come, and theirs is wanted now."""
    return _letter(
        to,
        introduction,
        "question_answered",
        _("Your question has an answer: yes or no is wanted by %(day)s") % {"day": _wanted_by(introduction)},
        _("There is an answer to your question. Read it on your page."),
        _("Please say yes or no by %(day)s. A no needs no reason.") % {"day": _wanted_by(introduction)},
    )


def confirmed(to: Recipient, introduction: Introduction) -> Letter:
    scheme = introduction.request.membership.scheme
    return Letter(
        to=to,
        kind="confirmed",
        subject=_("You can book your first session"),
        paragraphs=(_("You both said yes."), _("You can book your first session now.")),
        link_text=_("Choose a time"),
        path=f"/mentorships/{introduction.pk}/sessions/new/",
        sender=scheme.name,
    )


def another_offered(to: Recipient, introduction: Introduction) -> Letter:
    """To the mentee: the one before did not go ahead, and this is the next that was prepared."""
    return _letter(
        to,
        introduction,
        "another_offered",
        _("Another introduction: an answer is wanted by %(day)s") % {"day": _wanted_by(introduction)},
        _("An introduction did not go ahead. That happens, and says nothing about you."),
        _("We have another one for you. Please say yes or no by %(day)s.") % {"day": _wanted_by(introduction)},
    )


def next_asked(to: Membership, introduction: Introduction, following: Introduction, at: datetime) -> Letter:
    """To a mentee who made a list: the next on it is asked."""
    return Letter(
        to=member(to),
        kind="next_asked",
        subject=_("The next on your list is asked: an answer is due by %(day)s") % {"day": _wanted_by(following)},
        paragraphs=(
            _("An introduction did not go ahead. That happens, and says nothing about you."),
            _("We have asked the next on your list. We write to you either way."),
        ),
        link_text=_("See what happens next"),
        path=f"/requests/{introduction.request_id}/",
        sender=introduction.request.membership.scheme.name,
        invitation=cancellation(introduction, to, at),
    )


def did_not_go_ahead(to: Membership, introduction: Introduction, at: datetime) -> Letter:
    """To the mentee: who stopped it, and why, is not said."""
    return Letter(
        to=member(to),
        kind="did_not_go_ahead",
        subject=_("An introduction did not go ahead"),
        paragraphs=(
            _("An introduction did not go ahead. That happens, and says nothing about you."),
            _("You keep your place in the queue, from the day on which you asked."),
        ),
        link_text=_("See what happens next"),
        path=f"/requests/{introduction.request_id}/",
        sender=introduction.request.membership.scheme.name,
        invitation=cancellation(introduction, to, at),
    )


def no_longer_needed(to: Membership, introduction: Introduction, at: datetime) -> Letter:
    """To the mentor, when an introduction they had been asked about is over."""
    return Letter(
        to=member(to),
        kind="no_longer_needed",
        subject=_("An introduction did not go ahead"),
        paragraphs=(
            _("An introduction that you were asked about did not go ahead."),
            _("You need do nothing. Your place is free again."),
        ),
        link_text=_("Open your page"),
        path="/my-mentoring/",
        sender=introduction.request.membership.scheme.name,
        invitation=cancellation(introduction, to, at),
    )


def back_in_the_queue(to: Recipient, introduction: Introduction) -> Letter:
    """To a coordinator: someone waits again. Who said no, and why, is not said."""
    scheme = introduction.request.membership.scheme
    return Letter(
        to=to,
        kind="back_in_the_queue",
        subject=_("Someone is back in the queue"),
        paragraphs=(
            _("An introduction did not go ahead. Someone waits again, at their old place in the queue."),
            _("Please look for another mentor."),
        ),
        link_text=_("Open the desk"),
        path=f"/schemes/{scheme.slug}/desk/",
        sender=scheme.name,
    )


def _wanted_by(introduction: Introduction) -> str:
    return by_day(introduction.answer_by) if introduction.answer_by else ""


def _letter(to: Recipient, introduction: Introduction, kind: str, subject: str, *paragraphs: str) -> Letter:
    return Letter(
        to=to,
        kind=kind,
        subject=subject,
        paragraphs=paragraphs,
        link_text=_("Open your page"),
        path=f"/introductions/{introduction.pk}/",
        sender=introduction.request.membership.scheme.name,
    )
