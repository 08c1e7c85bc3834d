"""Emails about an agreement: that there is something to read, never what it says."""

from django.urls import reverse

from ithaca.records.members.emails.addressing import member, scheme_of
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter


def agreement_changed(room: Mentorship, to: Membership) -> Letter:
    return _write("agreement_changed", room, to)


def agreement_waits(room: Mentorship, to: Membership) -> Letter:
    return _write("agreement_waits", room, to)


def agreement_in_force(room: Mentorship, to: Membership) -> Letter:
    return _write("agreement_in_force", room, to)


def agreement_kept(room: Mentorship, to: Membership) -> Letter:
    return _write("agreement_kept", room, to)


def _write(kind: str, room: Mentorship, to: Membership) -> Letter:
    path = reverse("meeting:agreement", args=[room.pk])
    return letters.write(f"agreements/{kind}", member(to), path, scheme_of(room.scheme))
