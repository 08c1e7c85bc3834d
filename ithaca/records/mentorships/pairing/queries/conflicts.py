"""Reading declared conflicts: one's own, and for the match those of everyone, without a kind."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from ithaca.records.members.models import Membership, User
from ithaca.records.mentorships.models import ConflictDeclaration
from ithaca.records.mentorships.rules.conflicts import Whom
from ithaca.tools.vault.keyring import Keyring

Declared = Mapping[UUID, Mapping[str, frozenset[str]]]
"""By the one who declared: by rule, the uuids of people and the codes of organisations that they named."""


@dataclass(frozen=True, slots=True)
class OwnConflict:
    """One of a person's own declarations, for their page. `kind` is empty where it was declared while locked.

    `everyone`: it is about everyone of an organisation.
    """

    pk: UUID
    whom: str
    kind: str
    everyone: bool


def declared_by(people: Iterable[UUID]) -> Declared:
    """Return what these people have declared, in two queries at most."""
    rows = list(ConflictDeclaration.objects.filter(user__in=set(people)))
    named = [(row.user_id, whom_of(row)) for row in rows]
    addresses = {whom.email for _user, whom in named if whom.email}
    today: dict[str, UUID] = {}
    if addresses:
        today = dict(User.objects.filter(email__in=addresses).values_list("email", "pk"))
    found: dict[UUID, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for user, whom in named:
        given = (whom.organisation, whom.account, str(today.get(whom.email, "")))
        found[user][whom.rule] |= {name for name in given if name}
    return {user: {rule: frozenset(names) for rule, names in rules.items()} for user, rules in found.items()}


def too_close(declared: Declared, one: Membership, other: Membership) -> bool:
    """Say whether either has named the other, or where the other works."""
    return _names(declared, one, other) or _names(declared, other, one)


def own_conflicts(user: UUID, keyring: Keyring) -> list[OwnConflict]:
    """Return a person's own declarations, the newest first."""
    rows = ConflictDeclaration.objects.filter(user=user).order_by("-declared_at", "pk")
    accounts = dict(User.objects.filter(pk__in=_accounts(rows)).values_list("pk", "name"))
    found = []
    for row in rows:
        whom = whom_of(row)
        name = whom.practice or whom.email or (accounts.get(UUID(whom.account), "") if whom.account else "")
        kind = ConflictDeclaration.kind.unseal(row, keyring)
        found.append(OwnConflict(row.pk, name, kind, everyone=bool(whom.organisation)))
    return found


def whom_of(row: ConflictDeclaration) -> Whom:
    """Whom a declaration is about."""
    return Whom.from_json(ConflictDeclaration.whom.unseal(row))


def _accounts(rows: Iterable[ConflictDeclaration]) -> set[UUID]:
    return {UUID(whom.account) for whom in map(whom_of, rows) if whom.account and not whom.email}


def _names(declared: Declared, one: Membership, other: Membership) -> bool:
    answers_to = {str(other.user_id), other.organisation_id}
    return any(answers_to & names for names in declared.get(one.user_id, {}).values())
