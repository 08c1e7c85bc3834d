"""From a request to the actor behind it."""

from typing import cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ithaca.access.actor import VISITOR, Actor
from ithaca.journeys.signing_in.keys import keyring_of
from ithaca.records.members.models import Membership, User
from ithaca.records.members.queries.memberships import memberships_of
from ithaca.records.schemes.queries.appointments import coordinated_by


def actor_of(request: HttpRequest) -> Actor:
    """Find the account, memberships, duties and, if this browser session is unlocked, the keyring.

    The memberships are read on first use: many pages ask for none.
    """
    user = request.user
    if not isinstance(user, User):
        return VISITOR
    return Actor(
        user=user,
        memberships=cast("tuple[Membership, ...]", SimpleLazyObject(lambda: memberships_of(user))),
        coordinates=coordinated_by(user.pk),
        keyring=keyring_of(request, user),
    )
