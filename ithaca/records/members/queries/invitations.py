"""Reading personal invitations."""

from datetime import datetime

from ithaca.records.members.models import PersonalInvitation, User
from ithaca.records.schemes.models import Scheme
from ithaca.tools.vault.keyless import fingerprint


def token_of(link: str) -> bytes:
    """What is kept of a link's token."""
    return bytes.fromhex(fingerprint("invitation", link))


def open_invitation(link: str, at: datetime) -> PersonalInvitation | None:
    """The unused invitation behind a link, or None."""
    rows = PersonalInvitation.objects.select_related("scheme")
    return rows.filter(token=token_of(link), used_by=None, expires_at__gte=at).first()


def invited_as(user: User, scheme: Scheme) -> PersonalInvitation | None:
    """The invitation by which this person came to the scheme, if any; its `enquiry` is the asking it answers."""
    return PersonalInvitation.objects.filter(used_by=user.pk, scheme=scheme).order_by("-used_at").first()
