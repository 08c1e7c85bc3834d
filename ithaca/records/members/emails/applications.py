"""Emails about an offer to mentor. The subjects don't say which part the reader has in the scheme."""

from datetime import date

from django.urls import reverse

from ithaca.records.members.emails.addressing import by_day, desk_of, member, scheme_of, team_of
from ithaca.records.members.models import Membership
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter, Recipient


def offer_to_check(to: Recipient, membership: Membership, answer_by: date) -> Letter:
    """Tell a coordinator that somebody offers to mentor."""
    scheme, day = membership.scheme, by_day(answer_by)
    return letters.write("applications/offer_to_check", to, desk_of(scheme), team_of(scheme), day=day)


def offer_arrived(membership: Membership, answer_by: date) -> Letter:
    return _to_member("offer_arrived", membership, day=by_day(answer_by))


def time_to_talk(membership: Membership) -> Letter:
    return _to_member("time_to_talk", membership)


def offer_approved(membership: Membership) -> Letter:
    return _to_member("offer_approved", membership)


def offer_deferred(membership: Membership) -> Letter:
    return _to_member("offer_deferred", membership)


def offer_declined(membership: Membership) -> Letter:
    return _to_member("offer_declined", membership)


def _to_member(kind: str, membership: Membership, **values: str) -> Letter:
    path = reverse("joining:offer", args=[membership.pk])
    return letters.write(f"applications/{kind}", member(membership), path, scheme_of(membership.scheme), **values)
