"""Reading people and their memberships."""

from ithaca.records.members.models import Membership, User


def memberships_of(user: User) -> tuple[Membership, ...]:
    """Every membership of this person, with its scheme."""
    found = Membership.objects.filter(user=user).exclude(stage="erased")
    return tuple(found.select_related("scheme").order_by("applied_at"))


def telephone_of(user: User) -> str:
    """The number they have given, or nothing."""
    return User.telephone.unseal(user)
