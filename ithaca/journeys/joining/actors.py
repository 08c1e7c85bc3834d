"""From a request to the actor behind it."""

from django.http import HttpRequest

from ithaca.access.actor import VISITOR, Actor
from ithaca.journeys.joining.keys import keyring_of
from ithaca.records.members.models import User
from ithaca.records.members.queries.people import memberships_of
from ithaca.records.schemes.queries import coordinated_by


def actor_of(request: HttpRequest) -> Actor:
    """Find the account, memberships, duties and, if this browser session is unlocked, the keyring."""
    user = request.user
    if not isinstance(user, User):
        return VISITOR
    return Actor(
        user=user,
        memberships=memberships_of(user),
        coordinates=coordinated_by(user.pk),
        keyring=keyring_of(request, user),
    )
