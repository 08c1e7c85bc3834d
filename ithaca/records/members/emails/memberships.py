"""Emails about joining a scheme."""

from datetime import date

from django.urls import reverse

from ithaca.records.members.emails.addressing import by_day, desk_of, member, scheme_of, team_of
from ithaca.records.members.models import Membership
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter, Recipient


def application_to_check(to: Recipient, membership: Membership, answer_by: date) -> Letter:
    """Tell a coordinator that somebody wants to join."""
    scheme, day = membership.scheme, by_day(answer_by)
    return letters.write("memberships/application_to_check", to, desk_of(scheme), team_of(scheme), day=day)


def application_arrived(membership: Membership, answer_by: date) -> Letter:
    return _to_member("application_arrived", membership, day=by_day(answer_by))


def membership_begun(membership: Membership) -> Letter:
    return _to_member("membership_begun", membership)


def answers_to_correct(membership: Membership) -> Letter:
    return _to_member("answers_to_correct", membership)


def turned_down(membership: Membership) -> Letter:
    return _to_member("turned_down", membership)


def membership_on_hold(membership: Membership) -> Letter:
    return _to_member("membership_on_hold", membership)


def membership_goes_on(membership: Membership) -> Letter:
    return _to_member("membership_goes_on", membership)


def ran_out(membership: Membership) -> Letter:
    return _to_member("ran_out", membership)


def lapsed(membership: Membership) -> Letter:
    return _to_member("lapsed", membership)


def _to_member(kind: str, membership: Membership, **values: str) -> Letter:
    path = reverse("joining:membership", args=[membership.pk])
    return letters.write(f"memberships/{kind}", member(membership), path, scheme_of(membership.scheme), **values)
