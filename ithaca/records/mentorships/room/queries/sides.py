"""Reading both sides of a room: reply days, roles, and whether each person wants a written record."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ithaca.records.mentorships.models import Mentorship, Side
from ithaca.records.schemes.vocabulary import ROLES
from ithaca.tools.vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a room, as one of the two sees them."""

    mine: Side | None
    theirs: Side | None

    @property
    def no_record(self) -> bool:
        """Say whether either wishes for no written record."""
        return self.i_stopped or self.they_stopped

    @property
    def i_stopped(self) -> bool:
        return self.mine is not None and self.mine.unwritten_at is not None

    @property
    def they_stopped(self) -> bool:
        return self.theirs is not None and self.theirs.unwritten_at is not None

    @property
    def i_would_destroy(self) -> bool:
        return self.mine is not None and self.mine.destroy_at is not None

    @property
    def they_would_destroy(self) -> bool:
        return self.theirs is not None and self.theirs.destroy_at is not None

    @property
    def read_until(self) -> datetime | None:
        return self.mine.read_until if self.mine else None

    @property
    def notes_read_until(self) -> datetime | None:
        return self.mine.notes_read_until if self.mine else None


def record_wanted(mentorship: Mentorship) -> bool:
    """May they write here? Not while either wishes for no written record."""
    return not Side.objects.filter(mentorship=mentorship, unwritten_at__isnull=False).exists()


FAR = 2
"""From this difference on, the two see a role so differently that it is worth a word."""


@dataclass(frozen=True, slots=True)
class RoleWeights:
    """One role. `mine` and `theirs` are 0 to 3, None where nothing was said."""

    code: str
    name: str
    what: str
    mine: int | None
    theirs: int | None

    @property
    def apart(self) -> bool:
        return self.mine is not None and self.theirs is not None and abs(self.mine - self.theirs) >= FAR


def role_weights(mentorship: UUID, sides: Sides, keyring: Keyring | None) -> tuple[RoleWeights, ...]:
    """Every role with both weights. Raises Locked when somebody has weighed and there is no key; NotGranted."""
    mine, theirs = _of(sides.mine, keyring), _of(sides.theirs, keyring)
    return tuple(
        RoleWeights(code, str(name), str(what), mine.get(code), theirs.get(code))
        for code, (name, what) in ROLES.items()
    )


def _of(one: Side | None, keyring: Keyring | None) -> dict[str, int]:
    text = "" if one is None else Side.roles.unseal(one, keyring)
    return dict(json.loads(text)) if text else {}


def sides_of(mentorship: Mentorship, person: UUID) -> Sides:
    """Both sides of the room, in one query."""
    rows = {row.person == person: row for row in Side.objects.filter(mentorship=mentorship)}
    return Sides(rows.get(True), rows.get(False))


def days_of(one: Side | None) -> tuple[str, ...]:
    """Return the days on which this person usually replies, as codes of `vocabulary.DAYS`.

    None if they haven't said.
    """
    text = "" if one is None else Side.replies.unseal(one)
    return tuple(json.loads(text)) if text else ()
