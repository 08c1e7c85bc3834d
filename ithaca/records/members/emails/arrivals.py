"""The first letter to someone who came from a coordinator's spreadsheet. It does not say which part they have."""

from datetime import date

from django.utils.translation import gettext as _

from ithaca.records.members.emails.addressing import by_day, person
from ithaca.records.members.models import Membership
from ithaca.tools.post.outbox import Letter


def welcome(membership: Membership, path: str, until: date) -> Letter:
    """With the link that sets the first password; it works until a day."""
    scheme = membership.scheme
    return Letter(
        to=person(membership.user),
        kind="welcome",
        subject=_("Your account is ready: please choose a password"),
        paragraphs=(
            _("The scheme now uses this service. Your coordinator has brought your details over."),
            _("Please choose a password by %(day)s. It is yours alone, and it locks what you write here.")
            % {"day": by_day(until)},
            _("If you do not know what this is about, do nothing, or write to the coordinator at %(address)s.")
            % {"address": scheme.contact_email},
        ),
        link_text=_("Choose a password"),
        path=path,
        sender=scheme.name,
    )


def you_are_a_member(membership: Membership) -> Letter:
    """To someone who has an account already."""
    return Letter(
        to=person(membership.user),
        kind="you_are_a_member",
        subject=_("Your coordinator has brought your details over"),
        paragraphs=(
            _("The scheme now uses this service, where you have an account already."),
            _("Your page shows what your coordinator has brought over, and what you can do."),
        ),
        link_text=_("Open your page"),
        path="/my-mentoring/",
        sender=membership.scheme.name,
    )
