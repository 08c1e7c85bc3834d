"""Emails about switching writing on or off."""

from django.urls import reverse

from ithaca.records.members.emails.addressing import member, scheme_of
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter


def record_changed(room: Mentorship, to: Membership) -> Letter:
    return _write("record_changed", room, to)


def to_decide(room: Mentorship, to: Membership) -> Letter:
    return _write("to_decide", room, to)


def _write(kind: str, room: Mentorship, to: Membership) -> Letter:
    path = reverse("meeting:written_record", args=[room.pk])
    return letters.write(f"written_record/{kind}", member(to), path, scheme_of(room.scheme))
