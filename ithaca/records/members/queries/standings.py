"""Reading approved mentors: by membership, by name or by email address."""

from uuid import UUID

from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.members.stages import StandingStage
from ithaca.records.schemes.models import Scheme

GONE = (StandingStage.RETIRED, StandingStage.SUSPENDED)
FEW = 10
"""As many names as one page shows; more want a longer search."""


def listed_named(scheme: Scheme, text: str, but: UUID) -> list[MentorStanding]:
    """Approved mentors of the scheme who agreed to be found by name, and whose name has this text in it, but oneself.

    Where mentees choose, every mentor has agreed to be seen.
    """
    found = MentorStanding.objects.filter(membership__scheme=scheme, membership__user__name__icontains=text)
    if scheme.proposing != Scheme.Proposing.MENTEE:
        found = found.filter(listed=True)
    rows = found.exclude(stage__in=GONE).exclude(membership__user=but).select_related("membership__user")
    return list(rows.order_by("membership__user__name", "pk")[:FEW]) if text else []


def standing_at(scheme: Scheme, address: str) -> MentorStanding | None:
    """Return the mentor of the scheme with this email address. Nobody may learn whether there is one."""
    found = MentorStanding.objects.filter(membership__scheme=scheme, membership__user__email=address.strip().lower())
    return found.exclude(stage__in=GONE).select_related("membership__user").first()


def standing_of(membership: Membership) -> MentorStanding | None:
    """Return the member as an approved mentor, or None."""
    return MentorStanding.objects.filter(membership=membership).first()
