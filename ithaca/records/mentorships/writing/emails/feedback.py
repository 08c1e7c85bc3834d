"""Emails that ask how a session was."""

from django.urls import reverse

from ithaca.records.members.emails.addressing import member, scheme_of
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Session
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter


def how_was_it(session: Session, scheme: Scheme, to: Membership) -> Letter:
    return _write("how_was_it", session, scheme, to)


def how_was_it_again(session: Session, scheme: Scheme, to: Membership) -> Letter:
    return _write("how_was_it_again", session, scheme, to)


def _write(kind: str, session: Session, scheme: Scheme, to: Membership) -> Letter:
    path = reverse("meeting:feedback", args=[session.pk])
    return letters.write(f"feedback/{kind}", member(to), path, scheme_of(scheme))
