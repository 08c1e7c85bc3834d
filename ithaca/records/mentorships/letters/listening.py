"""Letters that ask something: how it was, how good it is, whether to look again at what was agreed."""

from django.utils.translation import gettext as _

from ithaca.records.members.models import Membership
from ithaca.records.mentorships.letters import recipients
from ithaca.records.mentorships.models import Mentorship, Session
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


def how_good_is_it(room: Mentorship, to: Membership) -> Letter:
    return _letter(
        to,
        "how_good_is_it",
        _("One question, one press"),
        (
            _("We ask everyone one question now and then. It takes one press, and you can pass."),
            _("Your answer is kept without your name. Nobody can see it, only an average of many."),
        ),
        _("See the question"),
        f"/mentorships/{room.pk}/rating/",
        room.scheme,
    )


def look_again(room: Mentorship, to: Membership) -> Letter:
    return _letter(
        to,
        "look_again",
        _("The day has come to look again"),
        (
            _("You two chose a day on which to look again at what you agreed. It has come."),
            _("You can keep everything as it is, or change it. Nothing changes by itself."),
        ),
        _("Look at it again"),
        f"/mentorships/{room.pk}/review/",
        room.scheme,
    )


def _letter(
    to: Membership, kind: str, subject: str, paragraphs: tuple[str, ...], link: str, path: str, scheme: Scheme
) -> Letter:
    return Letter(recipients.member(to), kind, subject, paragraphs, link, path, scheme.name)
