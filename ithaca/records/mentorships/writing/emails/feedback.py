"""Emails that ask how a session was."""

from django.utils.translation import gettext as _

from ithaca.records.members.emails import addressing
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Session
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post.outbox import Letter


def how_was_it(session: Session, scheme: Scheme, to: Membership) -> Letter:
    return _letter(
        to,
        "how_was_it",
        _("A short question for you"),
        (
            _("A short question waits for you. A few words are enough."),
            _("You can also say “not this time”. Nobody is told that you did."),
        ),
        _("See the question"),
        f"/sessions/{session.pk}/feedback/",
        scheme,
    )


def how_was_it_again(session: Session, scheme: Scheme, to: Membership) -> Letter:
    return _letter(
        to,
        "how_was_it_again",
        _("A short question still waits for you"),
        (
            _("A week ago we told you of a short question. It still waits for you."),
            _("You can answer it, or say “not this time”, or leave it. We do not remind you again."),
        ),
        _("See the question"),
        f"/sessions/{session.pk}/feedback/",
        scheme,
    )


def _letter(
    to: Membership, kind: str, subject: str, paragraphs: tuple[str, ...], link: str, path: str, scheme: Scheme
) -> Letter:
    return Letter(addressing.member(to), kind, subject, paragraphs, link, path, scheme.name)
