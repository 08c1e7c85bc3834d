"""Reading who came from a spreadsheet."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from ithaca.records.members.models import Arrival
from ithaca.records.schemes.models import Scheme
from ithaca.tools.vault.keyless import fingerprint

_WITHOUT_PASSWORD = Q(membership__user__password__startswith=UNUSABLE_PASSWORD_PREFIX)


def token_of(token: str) -> bytes:
    """Return what is stored of a link's token."""
    return bytes.fromhex(fingerprint("arrival", token))


def untold(scheme: Scheme, but: UUID) -> "QuerySet[Arrival]":
    """Those who came and have not been written to, but for the one who asks."""
    found = Arrival.objects.filter(membership__scheme=scheme, told_at=None)
    return found.exclude(membership__user=but).order_by("membership__user__name", "pk")


def told(scheme: Scheme) -> tuple[int, int]:
    """How many who came have been written to, and how many of those have signed in since."""
    found = Arrival.objects.filter(membership__scheme=scheme, told_at__isnull=False)
    return found.count(), found.exclude(_WITHOUT_PASSWORD).count()


def is_open(token: str, at: datetime) -> bool:
    """Say whether this link can still set a password."""
    found = Arrival.objects.filter(token=token_of(token), used_at=None, expires_at__gte=at)
    return found.filter(_WITHOUT_PASSWORD).exists()
