"""To whom the letters of a mentorship go."""

from uuid import UUID

from ithaca.records.members.letters.addressing import person
from ithaca.records.members.models import Membership, User
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries import coordinators_of
from ithaca.tools.post.outbox import Recipient


def member(membership: Membership) -> Recipient:
    return person(membership.user)


def coordinators(scheme: Scheme, but: UUID | None = None) -> list[Recipient]:
    """Everyone who coordinates the scheme today, but for one who is a party to the matter."""
    people = User.objects.filter(pk__in=coordinators_of(scheme), is_active=True).order_by("email")
    return [person(user) for user in people if user.pk != but]
