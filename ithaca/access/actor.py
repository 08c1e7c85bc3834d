"""Who is asking."""

from dataclasses import dataclass, field
from uuid import UUID

from ithaca.records.members.models import Membership, User
from ithaca.tools.vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request: their account, memberships, the schemes they coordinate, and their keys if unlocked.

    `user` is None for a visitor. `keyring` is None while locked. `coordinates` holds scheme uuids.
    """

    user: User | None = None
    memberships: tuple[Membership, ...] = ()
    coordinates: frozenset[UUID] = field(default_factory=frozenset)
    keyring: Keyring | None = None

    @property
    def id(self) -> UUID:
        """The account's uuid. Only for those who have signed in."""
        if self.user is None:
            raise LookupError("a visitor has no account")
        return self.user.pk

    def membership_of(self, scheme: UUID) -> Membership | None:
        return next((membership for membership in self.memberships if membership.scheme_id == scheme), None)


VISITOR = Actor()
