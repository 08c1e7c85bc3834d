"""Emails about a third person who helps two people talk. None says who, to whom, or what it is about."""

from datetime import date

from django.urls import reverse

from ithaca.records.members.emails.addressing import by_day, member, scheme_of
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter, Recipient


def help_wanted(to: Recipient, scheme: Scheme, by: date) -> Letter:
    """Tell a mediator that two people ask."""
    path = reverse("meeting:mediations")
    return letters.write("mediations/help_wanted", to, path, scheme_of(scheme), day=by_day(by))


def no_more_wanted(to: Recipient, scheme: Scheme) -> Letter:
    """Tell a mediator that it is over."""
    return letters.write("mediations/no_more_wanted", to, reverse("meeting:mediations"), scheme_of(scheme))


def third_person_asked(room: Mentorship, to: Membership) -> Letter:
    """Tell the other of the two that somebody will be in touch."""
    path = reverse("meeting:room", args=[room.pk])
    return letters.write("mediations/third_person_asked", member(to), path, scheme_of(room.scheme))


def settled(room: Mentorship, to: Membership) -> Letter:
    """Tell the other of the two that no third person is needed any more."""
    path = reverse("meeting:room", args=[room.pk])
    return letters.write("mediations/settled", member(to), path, scheme_of(room.scheme))
