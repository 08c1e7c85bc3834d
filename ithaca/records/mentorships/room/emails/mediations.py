"""Letters about a third person who helps two people talk. None says who, to whom, or what it is about."""

from datetime import date

from django.utils.translation import gettext as _

from ithaca.records.members.emails import addressing
from ithaca.records.members.emails.addressing import by_day
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post.outbox import Letter, Recipient

MEDIATORS_PAGE = "/mediations/"


def help_wanted(to: Recipient, scheme: Scheme, by: date) -> Letter:
    """To a mediator: two people ask."""
    return Letter(
        to=to,
        kind="help_wanted",
        subject=_("Two people ask for your help by %(day)s") % {"day": by_day(by)},
        paragraphs=(
            _("You have offered to help people talk with each other. Two of them ask for it now."),
            _("Please be in touch with each of them by %(day)s.") % {"day": by_day(by)},
            _("Your page says who they are and how to reach them. Nobody else is told."),
        ),
        link_text=_("Open your page"),
        path=MEDIATORS_PAGE,
        sender=scheme.name,
    )


def no_more_wanted(to: Recipient, scheme: Scheme) -> Letter:
    """To a mediator: it is over."""
    return Letter(
        to=to,
        kind="no_more_wanted",
        subject=_("Your help is not needed any more"),
        paragraphs=(
            _("Two people had asked for your help to talk with each other. It is not needed any more."),
            _("Nothing is left for you to do. Thank you for being there."),
        ),
        link_text=_("Open your page"),
        path=MEDIATORS_PAGE,
        sender=scheme.name,
    )


def third_person_asked(room: Mentorship, to: Membership) -> Letter:
    """To the other of the two: somebody will be in touch."""
    return Letter(
        addressing.member(to),
        "third_person_asked",
        _("Somebody will be in touch with you"),
        (
            _("You two are to have help to talk with each other. That is no judgement of anyone."),
            _("The page says who will be in touch with you, and by when. What is booked stays booked."),
        ),
        _("Open the page"),
        f"/mentorships/{room.pk}/",
        room.scheme.name,
    )


def settled(room: Mentorship, to: Membership) -> Letter:
    """To the other of the two: no third person is needed any more."""
    return Letter(
        addressing.member(to),
        "settled",
        _("It is settled"),
        (
            _("One of you has said that it is settled, so nobody else is asked to help any more."),
            _("Everything goes on as before. You can ask again whenever you like."),
        ),
        _("Open the page"),
        f"/mentorships/{room.pk}/",
        room.scheme.name,
    )
