"""The people a match is made of: frozen, free of names, and told apart by persistent ids.

Everything the matchmaker knows of a person is here, handed to it by whoever calls. Sets hold the scheme's own codes
("sounding_board", "mon-am"); the matchmaker gives no meaning to a code, it only compares them. An empty set means
"not said". For organisation and areas, None means "not known": it never counts as the same, and never as independent.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NONE: frozenset[str] = frozenset()


class Away(StrEnum):
    """Why a mentor takes nobody new at present."""

    ON_LEAVE = "on_leave"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Person:
    """What mentees and mentors have in common.

    `id` names the request or the offer and never changes: the tie-break hashes it. `member` is the human being, who may
    be a mentor in one pair and a mentee in another. `line_manager`, `partners` and `conflicts` (past employer,
    appraiser, trainer, own patient, family) hold member ids or organisation codes. `known_as` holds the opaque
    fingerprints this person answers to, `shuns` those of the people they keep away from.
    """

    id: str
    member: str
    scheme: str
    profession: str
    organisation: str | None = None
    pcn: str | None = None
    sub_icb: str | None = None
    icb: str | None = None
    region: str | None = None
    situations: frozenset[str] = NONE
    topics: frozenset[str] = NONE
    slots: frozenset[str] = NONE
    ways: frozenset[str] = NONE
    languages: frozenset[str] = NONE
    line_manager: frozenset[str] = NONE
    partners: frozenset[str] = NONE
    conflicts: frozenset[str] = NONE
    shuns: frozenset[str] = NONE
    known_as: frozenset[str] = NONE

    def __repr__(self) -> str:
        """Show only the id, so that a person in a log or a traceback gives nothing away."""
        return f"{type(self).__name__}({self.id!r})"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Mentee(Person):
    """Someone who waits for a mentor, since `asked_on`.

    `wants` are the mentor roles hoped for; `prefers` the ids of mentors asked for by name, the most wanted first;
    `declined` the ids of mentors with whom an introduction has already failed, whichever of the two said no.
    """

    asked_on: date
    wants: frozenset[str] = NONE
    prefers: tuple[str, ...] = ()
    wants_near: bool = False
    declined: frozenset[str] = NONE


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Mentor(Person):
    """Someone who offers `capacity` free places, to people of the professions in `serves` (empty: of any)."""

    offers: frozenset[str] = NONE
    serves: frozenset[str] = NONE
    capacity: int = 1
    away: Away | None = None

    @property
    def available(self) -> bool:
        """Whether the mentor takes anybody new: has a free place and is not away."""
        return self.away is None and self.capacity > 0
