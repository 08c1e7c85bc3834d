"""Reading the agreement of a room, and what differs in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ithaca.records.mentorships import wording
from ithaca.records.mentorships.actions.agreeing import PENDING, opened
from ithaca.records.mentorships.models import Contract, Mentorship
from ithaca.records.mentorships.wording import Piece
from ithaca.records.stages import Party
from ithaca.tools.vault.keyring import Keyring, unlocked


@dataclass(frozen=True, slots=True)
class Standing:
    """How the agreement stands, without a word of it: nobody's key is needed.

    `waiting` is the contract both have still to agree; `in_force` the one that holds.
    """

    in_force: Contract | None
    waiting: Contract | None
    i_agreed: bool
    other_agreed: bool

    @property
    def newest(self) -> Contract | None:
        return self.waiting or self.in_force

    @property
    def untouched(self) -> bool:
        """The scheme's own text, which nobody has changed or agreed."""
        return self.waiting is not None and self.waiting.stage == "draft"


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of the agreement. `changes` are against the scheme's text, `since` against what was agreed last."""

    key: str
    heading: str
    text: str
    scheme_text: str
    changes: tuple[Piece, ...]
    since: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of the agreement in full."""

    pk: UUID
    version: int
    stage: str
    stage_since: datetime
    clauses: tuple[Clause, ...]
    changed_by: UUID | None

    @property
    def texts(self) -> dict[str, str]:
        return {clause.key: clause.text for clause in self.clauses}


def standing_of(mentorship: Mentorship, party: Party) -> Standing:
    """How the agreement stands for this party, in one query."""
    return standing_among(Contract.objects.filter(mentorship=mentorship), party)


def standing_among(contracts: Iterable[Contract], party: Party) -> Standing:
    """The same, from contracts of one mentorship that were read already."""
    rows = list(contracts)
    waiting = next((row for row in rows if row.stage in PENDING), None)
    in_force = next((row for row in rows if row.stage == "in_force"), None)
    agreed = {
        Party.MENTEE: waiting is not None and waiting.mentee_agreed_at is not None,
        Party.MENTOR: waiting is not None and waiting.mentor_agreed_at is not None,
    }
    mine = agreed.pop(party)
    return Standing(in_force, waiting, mine, any(agreed.values()))


def last_of(mentorship: Mentorship) -> Contract:
    """What was agreed last, or, if nothing was, the words that waited. Every mentorship begins with some."""
    rows = Contract.objects.filter(mentorship=mentorship).order_by("number")
    agreed = [row for row in rows if row.mentee_agreed_at and row.mentor_agreed_at]
    return agreed[-1] if agreed else rows.latest("number")


def agreement(contract: Contract, before: Contract | None, keyring: Keyring | None) -> Agreement:
    """The contract in full, with what differs from the scheme's text and from `before`, what was agreed last.

    Raises Locked when the two have words of their own in it and the keyring is None; NotGranted, Tampered.
    """
    clauses = contract.template.clauses
    texts = _in_full(contract, keyring)
    earlier = _in_full(before, keyring) if before is not None else {}
    return Agreement(
        contract.pk,
        contract.version,
        contract.stage,
        contract.stage_since,
        tuple(_clause(clause, texts, earlier) for clause in clauses),
        contract.wording_by,
    )


def _in_full(contract: Contract, keyring: Keyring | None) -> dict[str, str]:
    changes: Mapping[str, str] = opened(contract, unlocked(keyring)) if contract.wording is not None else {}
    return wording.in_full(contract.template.clauses, changes)


def _clause(clause: Mapping[str, str], texts: Mapping[str, str], earlier: Mapping[str, str]) -> Clause:
    key, scheme_text = clause["key"], wording.plain(clause["text"])
    text = texts[key]
    since = wording.pieces(earlier[key], text) if key in earlier else ()
    return Clause(key, clause["heading"], text, scheme_text, wording.pieces(scheme_text, text), since)
