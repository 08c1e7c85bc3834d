"""Reading the agreement: what is in force, what is still to be agreed, and what changed."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from ithaca.records.mentorships.models import Agreement, Mentorship, Side
from ithaca.records.mentorships.rules import clauses as rules_clauses
from ithaca.records.mentorships.rules.clauses import Piece, Row, State
from ithaca.records.mentorships.rules.stages.room import PENDING, AgreementStage
from ithaca.records.stages import Party
from ithaca.tools.vault.errors import Refused
from ithaca.tools.vault.keyring import Keyring, unlocked


def in_force(mentorship: Mentorship) -> Agreement | None:
    """Return what they have both agreed."""
    return Agreement.objects.filter(mentorship=mentorship, stage=AgreementStage.IN_FORCE).first()


def pending(mentorship: Mentorship) -> Agreement | None:
    """Return the wording that both have still to agree, if any."""
    return Agreement.objects.filter(mentorship=mentorship, stage__in=PENDING).first()


def wording_of(agreement: Agreement, keys: Keyring) -> dict[str, str]:
    """Return the clauses that they have changed, by key."""
    text = Agreement.wording.unseal(agreement, keys)
    return rules_clauses.from_json(text) if text else {}


@dataclass(frozen=True, slots=True)
class AgreementState:
    """How the agreement stands, without a word of it: nobody's key is needed.

    `waiting` is the agreement that both have still to agree; `in_force` the one that holds.
    """

    in_force: Agreement | None
    waiting: Agreement | None
    i_agreed: bool
    other_agreed: bool

    @property
    def newest(self) -> Agreement | None:
        return self.waiting or self.in_force

    @property
    def untouched(self) -> bool:
        """The scheme's own text, which nobody has changed or agreed."""
        return self.waiting is not None and self.waiting.stage == AgreementStage.DRAFT


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of the agreement.

    `changes` are against the scheme's text, `since` against what was agreed last, `unseen` against what this person
    saw last. `text` is empty when it is left out.
    """

    key: str
    heading: str
    text: str
    scheme_text: str
    state: State
    changes: tuple[Piece, ...]
    since: tuple[Piece, ...]
    unseen: tuple[Piece, ...]

    @property
    def is_own(self) -> bool:
        """Say whether they added it themselves."""
        return self.key.startswith(rules_clauses.OWN)

    @property
    def left_out(self) -> bool:
        return not self.text


@dataclass(frozen=True, slots=True)
class ShownAgreement:
    """One version of the agreement in full."""

    pk: UUID
    version: int
    stage: str
    stage_since: datetime
    clauses: tuple[Clause, ...]
    changed_by: UUID | None
    review_on: date | None

    @property
    def texts(self) -> dict[str, str]:
        return {clause.key: clause.text for clause in self.clauses}

    @property
    def standing_clauses(self) -> tuple[Clause, ...]:
        """Those that are not left out."""
        return tuple(clause for clause in self.clauses if not clause.left_out)

    @property
    def renewed(self) -> tuple[Clause, ...]:
        """Those that say something new to this person: since what was agreed last, or since they last saw it."""
        return tuple(clause for clause in self.clauses if clause.unseen or clause.since)

    @property
    def has_unseen(self) -> bool:
        return any(clause.unseen for clause in self.clauses)


def state_of(mentorship: Mentorship, party: Party) -> AgreementState:
    """How the agreement stands for this party, in one query."""
    return state_among(Agreement.objects.filter(mentorship=mentorship), party)


def state_among(agreements: Iterable[Agreement], party: Party) -> AgreementState:
    """Return the same, from agreements of one mentorship that were read already."""
    rows = list(agreements)
    waiting = next((row for row in rows if row.stage in PENDING), None)
    in_force = next((row for row in rows if row.stage == AgreementStage.IN_FORCE), None)
    agreed = {
        Party.MENTEE: waiting is not None and waiting.mentee_agreed_at is not None,
        Party.MENTOR: waiting is not None and waiting.mentor_agreed_at is not None,
    }
    mine = agreed.pop(party)
    return AgreementState(in_force, waiting, mine, any(agreed.values()))


def last_of(mentorship: Mentorship) -> Agreement:
    """Return what was agreed last, or else the wording not agreed yet. Every mentorship begins with some."""
    rows = Agreement.objects.filter(mentorship=mentorship).order_by("number")
    agreed = [row for row in rows if row.mentee_agreed_at and row.mentor_agreed_at]
    return agreed[-1] if agreed else rows.latest("number")


def shown(
    agreement: Agreement, before: Agreement | None, keyring: Keyring | None, mine: Side | None = None
) -> ShownAgreement:
    """Return the agreement in full, with what differs from the scheme's text, from `before` and from what one saw last.

    `before` is what was agreed last; `mine` the reader's side of the room. The clauses stand in the order of the text.
    A clause of their own that is there no more comes last, as left out.

    Raises Locked when the two have words of their own in it and the keyring is None; NotGranted, Tampered.
    """
    rows = {row.key: row for row in rules_clauses.rows(agreement.template.clauses, _changes(agreement, keyring))}
    earlier = _rows_before(before, keyring)
    seen = _seen(mine, keyring)
    gone = {row.key: replace(row, text="", state=State.LEFT_OUT) for row in (*earlier.values(), *seen.values())}
    return ShownAgreement(
        agreement.pk,
        agreement.version,
        agreement.stage,
        agreement.stage_since,
        tuple(_clause(row, earlier, seen) for row in (rows | gone | rows).values()),
        agreement.wording_by,
        agreement.review_on,
    )


def _changes(agreement: Agreement, keyring: Keyring | None) -> Mapping[str, str]:
    return wording_of(agreement, unlocked(keyring)) if agreement.wording is not None else {}


def _rows_before(before: Agreement | None, keyring: Keyring | None) -> dict[str, Row]:
    if before is None:
        return {}
    return {row.key: row for row in rules_clauses.rows(before.template.clauses, _changes(before, keyring))}


def _seen(mine: Side | None, keyring: Keyring | None) -> dict[str, Row]:
    """Return what this person saw last, by clause; nothing while they are locked, or have a new key."""
    if mine is None or mine.seen is None or keyring is None:
        return {}
    with suppress(Refused):
        kept = rules_clauses.from_json(Side.seen.unseal(mine, keyring))
        return {row.key: row for row in rules_clauses.as_seen(kept)}
    return {}


def _clause(row: Row, earlier: Mapping[str, Row], seen: Mapping[str, Row]) -> Clause:
    return Clause(
        row.key,
        row.heading,
        row.text,
        row.scheme_text,
        row.state,
        rules_clauses.pieces(row.scheme_text, row.text) if row.scheme_text else (),
        _difference(row, earlier),
        _difference(row, seen),
    )


def _difference(row: Row, before: Mapping[str, Row]) -> tuple[Piece, ...]:
    if not before:
        return ()
    return rules_clauses.pieces(before[row.key].text if row.key in before else "", row.text)
