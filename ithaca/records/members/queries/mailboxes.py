"""Reading who holds the key of a scheme's mailbox."""

from dataclasses import dataclass

from ithaca.records.members.models import User
from ithaca.records.members.queries.appointments import Colleague, team
from ithaca.records.schemes.models import Scheme
from ithaca.tools.ledger.queries import steps_of
from ithaca.tools.vault import directory, grants


@dataclass(frozen=True, slots=True)
class Holding:
    """How the scheme's key stands. `left` are people who have left and hold it still; `stale` says that one had it."""

    is_open: bool
    team: tuple[Colleague, ...]
    left: tuple[str, ...]
    stale: bool

    @property
    def holders(self) -> int:
        return sum(colleague.holds for colleague in self.team)

    @property
    def only_one(self) -> bool:
        return self.is_open and self.holders < 2

    @property
    def without(self) -> bool:
        """Say whether someone with keys of their own could be given the scheme's."""
        return any(colleague.has_keys and not colleague.holds for colleague in self.team)

    @property
    def can_renew(self) -> bool:
        """Say whether two people could hold a new one."""
        return sum(colleague.has_keys for colleague in self.team) >= 2


def holding(scheme: Scheme) -> Holding:
    """Who holds the scheme's key, and whether somebody has left who did."""
    colleagues = team(scheme)
    left = grants.holders_of(scheme.pk) - {colleague.person for colleague in colleagues}
    acts = [step.act for step in steps_of("scheme", [scheme.pk]) if step.act in ("lose_holder", "renew_key")]
    return Holding(
        is_open=bool(directory.addresses_of(scheme.pk)),
        team=tuple({colleague.person: colleague for colleague in colleagues}.values()),
        left=tuple(User.objects.filter(pk__in=left).order_by("name").values_list("name", flat=True)),
        stale=bool(left) or acts[-1:] == ["lose_holder"],
    )
