"""Emails about asking for a mentor."""

from datetime import date

from django.urls import reverse

from ithaca.records.members.emails.addressing import by_day, desk_of, scheme_of, team_of
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter, Recipient


def enquiry_to_answer(to: Recipient, scheme: Scheme, answer_by: date) -> Letter:
    day = by_day(answer_by)
    return letters.write("requests/enquiry_to_answer", to, desk_of(scheme), team_of(scheme), day=day)


def request_to_read(to: Recipient, request: MentoringRequest, answer_by: date) -> Letter:
    scheme, day = request.membership.scheme, by_day(answer_by)
    return letters.write("requests/request_to_read", to, desk_of(scheme), team_of(scheme), day=day)


def request_arrived(to: Recipient, request: MentoringRequest, answer_by: date) -> Letter:
    return _to_mentee("request_arrived", to, request, day=by_day(answer_by))


def request_ready(to: Recipient, request: MentoringRequest) -> Letter:
    return _to_mentee("request_ready", to, request, "pairing:mentors")


def request_waiting(to: Recipient, request: MentoringRequest) -> Letter:
    return _to_mentee("request_waiting", to, request)


def still_waiting(to: Recipient, request: MentoringRequest) -> Letter:
    return _to_mentee("still_waiting", to, request)


def nobody_likely(to: Recipient, request: MentoringRequest) -> Letter:
    return _to_mentee("nobody_likely", to, request, "pairing:alternatives")


def wanted_as_mentor(to: Recipient, scheme: Scheme, token: str, until: date) -> Letter:
    """Write to someone without an account whom a mentee has named. It names neither of them."""
    path = reverse("joining:invitation", args=[token])
    return letters.write("requests/wanted_as_mentor", to, path, scheme_of(scheme), day=by_day(until))


def found_did_not_answer(to: Recipient, request: MentoringRequest) -> Letter:
    return _to_mentee("found_did_not_answer", to, request)


def request_answered(to: Recipient, request: MentoringRequest) -> Letter:
    return _to_mentee("request_answered", to, request)


def _to_mentee(
    kind: str, to: Recipient, request: MentoringRequest, page: str = "pairing:request", **values: str
) -> Letter:
    path = reverse(page, args=[request.pk])
    return letters.write(f"requests/{kind}", to, path, scheme_of(request.membership.scheme), **values)
