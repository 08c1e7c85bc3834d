"""Letters about asking for a mentor."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from ithaca.records.members.emails.addressing import by_day
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post.outbox import Letter, Recipient


def enquiry_to_answer(to: Recipient, scheme: Scheme, answer_by: date) -> Letter:
    return Letter(
        to=to,
        kind="enquiry_to_answer",
        subject=_("An answer is wanted by %(day)s") % {"day": by_day(answer_by)},
        paragraphs=(
            _("Someone has written to the scheme without an account."),
            _("Please reach them in the way they asked for, by %(day)s.") % {"day": by_day(answer_by)},
        ),
        link_text=_("Open the desk"),
        path=f"/schemes/{scheme.slug}/desk/",
        sender=scheme.name,
    )


def request_to_read(to: Recipient, request: MentoringRequest, answer_by: date) -> Letter:
    scheme = request.membership.scheme
    return Letter(
        to=to,
        kind="request_to_read",
        subject=_("A new request to read by %(day)s") % {"day": by_day(answer_by)},
        paragraphs=(
            _("There is a new request in the scheme."),
            _("Please read it, and reply, by %(day)s.") % {"day": by_day(answer_by)},
        ),
        link_text=_("Open the desk"),
        path=f"/schemes/{scheme.slug}/desk/",
        sender=scheme.name,
    )


def request_arrived(to: Recipient, request: MentoringRequest, answer_by: date) -> Letter:
    return _to_mentee(
        to,
        request,
        "request_arrived",
        _("Your request has arrived"),
        _("Your request has arrived."),
        _("The coordinator reads it by %(day)s, and you hear from us then.") % {"day": by_day(answer_by)},
    )


def request_ready(to: Recipient, request: MentoringRequest) -> Letter:
    return _to_mentee(
        to,
        request,
        "request_ready",
        _("Your request: the next step is yours"),
        _("Your request has arrived, and the next step is yours."),
        _("Your page shows what you can do now."),
        then="mentors/",
    )


def request_waiting(to: Recipient, request: MentoringRequest) -> Letter:
    return _to_mentee(
        to,
        request,
        "request_waiting",
        _("Your request has been read"),
        _("The coordinator has read your request. You are in the queue, from the day on which you asked."),
        _("Your page shows what happens next."),
    )


def still_waiting(to: Recipient, request: MentoringRequest) -> Letter:
    return _to_mentee(
        to,
        request,
        "still_waiting",
        _("No news yet: you keep your place"),
        _("You are still in the queue, from the day on which you asked. There is no news yet."),
        _("You need do nothing. Your page shows when you hear from us again."),
    )


def nobody_likely(to: Recipient, request: MentoringRequest) -> Letter:
    letter = _to_mentee(
        to,
        request,
        "nobody_likely",
        _("Your request: what else you could do"),
        _("We do not think that we can introduce you to someone by the day that we had hoped for. We are sorry."),
        _("You keep your place. Your page shows what else you could do meanwhile, if you like."),
    )
    return replace(letter, path=f"{letter.path}alternatives/")


def wanted_as_mentor(to: Recipient, scheme: Scheme, token: str, until: date) -> Letter:
    """To someone without an account whom a mentee has named. It names neither of them."""
    return Letter(
        to=to,
        kind="wanted_as_mentor",
        subject=_("Someone would like you as their mentor: an answer is wanted by %(day)s") % {"day": by_day(until)},
        paragraphs=(
            _("Someone who knows you would like you to be their mentor in this scheme."),
            _("The page says what a mentor does. You can say yes or no there, by %(day)s. A no needs no reason.")
            % {"day": by_day(until)},
        ),
        link_text=_("See what it is about"),
        path=f"/invitations/{token}/",
        sender=scheme.name,
    )


def found_did_not_answer(to: Recipient, request: MentoringRequest) -> Letter:
    return _to_mentee(
        to,
        request,
        "found_did_not_answer",
        _("Your request: the person you named"),
        _("The person you named has not taken up the invitation. That happens, and says nothing about you."),
        _("You keep your place in the queue. Your page shows what you can do now."),
    )


def request_answered(to: Recipient, request: MentoringRequest) -> Letter:
    return _to_mentee(
        to,
        request,
        "request_answered",
        _("There is an answer to your request"),
        _("The coordinator has read your request, and there is an answer."),
        _("Your page shows it, and what you can do next."),
    )


def _to_mentee(
    to: Recipient, request: MentoringRequest, kind: str, subject: str, *paragraphs: str, then: str = ""
) -> Letter:
    return Letter(
        to=to,
        kind=kind,
        subject=subject,
        paragraphs=paragraphs,
        link_text=_("Open your page"),
        path=f"/requests/{request.pk}/{then}",
        sender=request.membership.scheme.name,
    )
