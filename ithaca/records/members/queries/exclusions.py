"""Comparing people with private exclusions. Nothing here tells on whose list somebody is."""

from collections.abc import Collection, Iterable
from itertools import islice
from uuid import UUID

from ithaca.records.members.models import Exclusion, Membership, PrivateList, User
from ithaca.records.members.private_lists import Name, plain_name
from ithaca.tools.vault.keyless import fingerprint

_AT_ONCE = 10_000


def mark(owner: UUID, name: Name) -> bytes:
    """Return the fingerprint of "this person avoids whoever has this name"."""
    return bytes.fromhex(fingerprint("exclusion", owner, *name))


def shunned_pairs(some: Iterable[UUID], others: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """Return the pairs of one of `some` and one of `others` that must not be made, by a list on either side.

    All are users' uuids. Four queries, however many they are (one more for each 10,000 marks).
    """
    some, others = set(some), set(others)
    keepers = set(PrivateList.objects.filter(user__in=some | others).values_list("user_id", flat=True))
    if not keepers:
        return set()
    names = _names_of(some | others)
    marks: dict[bytes, set[tuple[UUID, UUID]]] = {}
    for keeper in keepers:
        for other in (others if keeper in some else set()) | (some if keeper in others else set()):
            for name in names.get(other, ()):
                pairs = marks.setdefault(mark(keeper, name), set())
                pairs |= {pair for pair in ((keeper, other), (other, keeper)) if pair[0] in some and pair[1] in others}
    return {pair for found in _made(marks) for pair in marks[found]}


def _names_of(people: Collection[UUID]) -> dict[UUID, set[Name]]:
    """Every name that each person answers to, in two queries."""
    names: dict[UUID, set[Name]] = {}
    for pk, email in User.objects.filter(pk__in=people).values_list("pk", "email"):
        names[pk] = {("account", str(pk)), ("email", email)}
    members = Membership.objects.filter(user__in=people).exclude(organisation=None)
    for user, name, organisation in members.values_list("user", "user__name", "organisation"):
        names[user].add(("name", plain_name(name), organisation))
    return names


def _made(marks: Iterable[bytes]) -> Iterable[bytes]:
    """Those of the marks that somebody has made."""
    rest = iter(marks)
    while some := list(islice(rest, _AT_ONCE)):
        for found in Exclusion.objects.filter(fingerprint__in=some).values_list("fingerprint", flat=True):
            yield bytes(found)
