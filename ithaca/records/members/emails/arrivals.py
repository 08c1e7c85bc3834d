"""The first email to someone who came from a coordinator's spreadsheet. It doesn't say which part they have."""

from datetime import date

from django.urls import reverse

from ithaca.records.members.emails.addressing import by_day, member, scheme_of
from ithaca.records.members.models import Membership
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter


def welcome(membership: Membership, path: str, until: date) -> Letter:
    """Send the link that sets the first password. It works until a day."""
    scheme = membership.scheme
    return letters.write(
        "arrivals/welcome",
        member(membership),
        path,
        scheme_of(scheme),
        day=by_day(until),
        address=scheme.contact_email,
    )


def you_are_a_member(membership: Membership) -> Letter:
    """Write to someone who has an account already."""
    path = reverse("joining:home")
    return letters.write("arrivals/you_are_a_member", member(membership), path, scheme_of(membership.scheme))
