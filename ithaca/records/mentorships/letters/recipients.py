"""To whom the letters of a mentorship go."""

from collections.abc import Collection
from uuid import UUID

from ithaca.records.members.letters.addressing import person
from ithaca.records.members.models import Membership, User
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.presence import on_duty
from ithaca.tools.post.outbox import Recipient


def member(membership: Membership) -> Recipient:
    return person(membership.user)


def coordinators(scheme: Scheme, but: UUID | Collection[UUID] | None = None) -> list[Recipient]:
    """Those who coordinate the scheme and are there today, but for those who are a party to the matter."""
    parties = {but} if isinstance(but, UUID) else but or ()
    people = User.objects.filter(pk__in=on_duty(scheme, parties), is_active=True)
    return [person(user) for user in people.order_by("email")]
