"""Reading members."""

from ithaca.records.members.models import Membership, User


def memberships_of(user: User) -> tuple[Membership, ...]:
    """Every membership of this person, with its scheme."""
    return tuple(Membership.objects.filter(user=user).exclude(stage="erased").select_related("scheme").order_by("applied_at"))
