"""Reading personal invitations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from ithaca.records.members.models import PersonalInvitation
from ithaca.records.queues import Slice, cut
from ithaca.records.schemes.models import Scheme
from ithaca.tools.vault.keyless import fingerprint


def token_of(link: str) -> bytes:
    """Return what is stored of a link's token."""
    return bytes.fromhex(fingerprint("invitation", link))


def open_invitation(link: str, at: datetime) -> PersonalInvitation | None:
    """Return the unused invitation behind a link, or None."""
    rows = PersonalInvitation.objects.select_related("scheme")
    return rows.filter(token=token_of(link), used_by=None, declined_at=None, expires_at__gte=at).first()


def made_for(enquiry: UUID, at: datetime) -> datetime | None:
    """When the latest link was made for whoever wrote this letter, if it can still be used."""
    rows = PersonalInvitation.objects.filter(enquiry=enquiry, used_by=None, declined_at=None, expires_at__gte=at)
    return rows.order_by("-made_at", "pk").values_list("made_at", flat=True).first()


@dataclass(frozen=True, slots=True)
class ShownInvitation:
    """A personal link that was made: when, until when, and whether it has been used. Never by whom."""

    pk: UUID
    made_on: date
    expires_on: date
    used: bool
    over: bool


def for_mentors(scheme: Scheme, at: datetime, start: int, stop: int) -> Slice[ShownInvitation]:
    """Return the personal links for mentors made in this scheme, the newest first."""
    rows = PersonalInvitation.objects.filter(scheme=scheme, purpose=PersonalInvitation.Purpose.MENTOR)

    def line(row: Mapping[str, Any]) -> ShownInvitation:
        return ShownInvitation(
            pk=row["pk"],
            made_on=timezone.localdate(row["made_at"]),
            expires_on=timezone.localdate(row["expires_at"]),
            used=row["used_at"] is not None,
            over=row["expires_at"] <= at,
        )

    return cut(rows.order_by("-made_at", "pk"), line, start, stop, "pk", "made_at", "expires_at", "used_at")
