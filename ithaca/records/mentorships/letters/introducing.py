"""Letters about an introduction. Neither of the two is named, nor is it said which of them the reader is."""

from django.utils.translation import gettext as _

from ithaca.records.mentorships.letters.asking import by_day
from ithaca.records.mentorships.models import Introduction
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


def chat_to_arrange(to: Recipient, introduction: Introduction) -> Letter:
    return _letter(
        to,
        introduction,
        "chat_to_arrange",
        _("You both said yes: find a time for a first chat"),
        _("You both said yes. Next comes a first chat, and then each of you decides."),
        _("Either of you may suggest the day and the time."),
    )


def chat_arranged(to: Recipient, introduction: Introduction) -> Letter:
    return _letter(
        to,
        introduction,
        "chat_arranged",
        _("A first chat has a day and a time"),
        _("There is a day and a time for your first chat."),
        _("If they do not suit you, suggest others."),
    )


def confirmed(to: Recipient, introduction: Introduction) -> Letter:
    scheme = introduction.request.membership.scheme
    return Letter(
        to=to,
        kind="confirmed",
        subject=_("You can book your first session"),
        paragraphs=(_("You both said yes."), _("You can book your first session now.")),
        link_text=_("Open your page"),
        path=f"/mentorships/{introduction.pk}/",
        sender=scheme.name,
    )


def did_not_go_ahead(to: Recipient, introduction: Introduction) -> Letter:
    """To the mentee: who stopped it, and why, is not said."""
    return Letter(
        to=to,
        kind="did_not_go_ahead",
        subject=_("An introduction did not go ahead"),
        paragraphs=(
            _("An introduction did not go ahead. That happens, and says nothing about you."),
            _("You keep your place in the queue, from the day on which you asked."),
        ),
        link_text=_("See what happens next"),
        path=f"/requests/{introduction.request_id}/",
        sender=introduction.request.membership.scheme.name,
    )


def no_longer_needed(to: Recipient, introduction: Introduction) -> Letter:
    """To the mentor, when an introduction they had been asked about is over."""
    return Letter(
        to=to,
        kind="no_longer_needed",
        subject=_("An introduction did not go ahead"),
        paragraphs=(
            _("An introduction that you were asked about did not go ahead."),
            _("You need do nothing. Your place is free again."),
        ),
        link_text=_("Open your page"),
        path="/my-mentoring/",
        sender=introduction.request.membership.scheme.name,
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
