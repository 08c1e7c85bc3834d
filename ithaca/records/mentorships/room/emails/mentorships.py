"""Emails about the mentorship as a whole: its beginning, a long silence, going on, its ending."""

from django.urls import reverse

from ithaca.records.members.emails.addressing import member, scheme_of
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter, Recipient


def room_opened(to: Recipient, mentorship: Mentorship) -> Letter:
    """Tell the mentor that both have signed in now, so that the two can write to one another."""
    return _write("room_opened", mentorship, to)


def a_while_ago(room: Mentorship, to: Membership) -> Letter:
    return _write("a_while_ago", room, member(to))


def paused(room: Mentorship, to: Membership) -> Letter:
    return _write("paused", room, member(to))


def pause_is_over(room: Mentorship, to: Membership) -> Letter:
    return _write("pause_is_over", room, member(to))


def resumed(room: Mentorship, to: Membership) -> Letter:
    return _write("resumed", room, member(to))


def both_go_on(room: Mentorship, to: Membership) -> Letter:
    return _write("both_go_on", room, member(to))


def ended(room: Mentorship, to: Membership) -> Letter:
    return _write("ended", room, member(to), "meeting:ending")


def _write(kind: str, room: Mentorship, to: Recipient, page: str = "meeting:room") -> Letter:
    return letters.write(f"mentorships/{kind}", to, reverse(page, args=[room.pk]), scheme_of(room.scheme))
