"""Reading personal invitations."""

from datetime import datetime
from uuid import UUID

from ithaca.records.members.models import PersonalInvitation
from ithaca.tools.vault.keyless import fingerprint


def token_of(link: str) -> bytes:
    """What is kept of a link's token."""
    return bytes.fromhex(fingerprint("invitation", link))


def open_invitation(link: str, at: datetime) -> PersonalInvitation | None:
    """The unused invitation behind a link, or None."""
    rows = PersonalInvitation.objects.select_related("scheme")
    return rows.filter(token=token_of(link), used_by=None, declined_at=None, expires_at__gte=at).first()


def made_for(enquiry: UUID, at: datetime) -> datetime | None:
    """When the latest link was made for whoever wrote this letter, if it can still be used."""
    rows = PersonalInvitation.objects.filter(enquiry=enquiry, used_by=None, declined_at=None, expires_at__gte=at)
    return rows.order_by("-made_at", "pk").values_list("made_at", flat=True).first()
