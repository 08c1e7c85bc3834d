"""Emails about whether new people are introduced to a mentor. The subjects don't say which part the reader has."""

from django.urls import reverse

from ithaca.records.members.emails.addressing import member, scheme_of
from ithaca.records.members.models import Membership
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter


def offer_paused(membership: Membership) -> Letter:
    return _to_member("offer_paused", membership)


def offer_on_hold(membership: Membership) -> Letter:
    return _to_member("offer_on_hold", membership)


def offer_resumed(membership: Membership) -> Letter:
    return _to_member("offer_resumed", membership)


def _to_member(kind: str, membership: Membership) -> Letter:
    path = reverse("joining:offer", args=[membership.pk])
    return letters.write(f"standings/{kind}", member(membership), path, scheme_of(membership.scheme))
