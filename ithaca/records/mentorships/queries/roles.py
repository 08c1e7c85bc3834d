"""The eight roles as the two weigh them, side by side."""

import json
from dataclasses import dataclass
from uuid import UUID

from ithaca.records.mentorships.models import Side
from ithaca.records.mentorships.queries.writings import Sides
from ithaca.records.schemes.vocabulary import ROLES
from ithaca.tools.vault.keyring import Keyring, unlocked

FAR = 2
"""From this difference on, the two see a role so differently that it is worth a word."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One role. `mine` and `theirs` are 0 to 3, None where nothing was said."""

    code: str
    name: str
    what: str
    mine: int | None
    theirs: int | None

    @property
    def apart(self) -> bool:
        return self.mine is not None and self.theirs is not None and abs(self.mine - self.theirs) >= FAR


def weighed(mentorship: UUID, sides: Sides, keyring: Keyring | None) -> tuple[Weighed, ...]:
    """Every role with both weights. Raises Locked when somebody has weighed and there is no key; NotGranted."""
    mine, theirs = _of(mentorship, sides.mine, keyring), _of(mentorship, sides.theirs, keyring)
    return tuple(
        Weighed(code, str(name), str(what), mine.get(code), theirs.get(code)) for code, (name, what) in ROLES.items()
    )


def _of(mentorship: UUID, one: Side | None, keyring: Keyring | None) -> dict[str, int]:
    if one is None or one.roles is None:
        return {}
    found: dict[str, int] = json.loads(unlocked(keyring).open(mentorship, "side.roles", one.pk, one.person, one.roles))
    return found
