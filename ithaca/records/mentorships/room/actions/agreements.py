"""Changing the agreement of a mentorship, agreeing to it, and agreeing to another later."""

import contextlib
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from ithaca.records import moves
from ithaca.records.mentorships.models import Contract, Mentorship
from ithaca.records.mentorships.room.actions.sides import side_of
from ithaca.records.mentorships.room.emails import agreements as emails
from ithaca.records.mentorships.room.locks import enter_open, other, people
from ithaca.records.mentorships.room.queries.agreements import in_force, pending, wording_of
from ithaca.records.mentorships.rules import clauses as rules_clauses
from ithaca.records.mentorships.rules.stages.sets import PENDING
from ithaca.records.stages import Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.vault import errors
from ithaca.tools.vault.keyring import Keyring, unlocked


@transaction.atomic
def change(
    contract: Contract,
    texts: Mapping[str, str],
    version: int,
    by: Party,
    *,
    keyring: Keyring | None,
    at: datetime,
    form: UUID | None,
    review_on: date | None = None,
) -> Contract:
    """Put new words, by clause key, before the other; return the contract that holds them.

    An empty text leaves a clause out, a new key adds one (see `wording`). `review_on` is when to look at it again.
    Whoever had agreed to the old words has not agreed to these. An agreement in force stays in force: the new words
    are a contract of their own, with the next number. Words that change nothing do nothing.

    Raises:
        Locked: the keyring is None. NotGranted, Tampered: as the vault says.
        ChangedMeanwhile: `version` is not the one that stands now, or other words have taken the place of these.
        Impossible: the mentorship is over.
    """
    keys = unlocked(keyring)
    room = enter_open(contract.mentorship_id, "change", by)
    done = _handled(contract, form)
    if done is not None:
        return done
    contract.refresh_from_db()
    newest = pending(room) or in_force(room)
    if contract != newest or contract.version != version:
        raise ChangedMeanwhile
    clauses = contract.template.clauses
    changes = rules_clauses.changed(clauses, texts)
    if changes == wording_of(contract, keys) and review_on == contract.review_on:
        return contract
    if contract.stage == "in_force":
        contract = _amendment(room, contract, form)
    text = rules_clauses.to_json(changes)
    moves.move(
        contract,
        "change",
        by,
        at=at,
        actor=keys.owner,
        form=form,
        letters=[emails.agreement_changed(room, other(room, by))],
        wording=keys.seal(room.pk, "contract.wording", contract.pk, text) if changes else None,
        wording_by=keys.owner,
        mentee_agreed_at=None,
        mentor_agreed_at=None,
        review_on=review_on,
        version=contract.version + 1,
    )
    _see(contract, keys, at)
    return contract


@transaction.atomic
def agree(
    contract: Contract,
    version: int,
    by: Party,
    *,
    actor: UUID,
    keyring: Keyring | None = None,
    at: datetime,
    form: UUID | None,
) -> None:
    """Say yes to these words. When both have, they are in force, and the words before them are superseded.

    The same person pressing twice has agreed once. With an open key it is remembered that they have seen them.

    Raises:
        ChangedMeanwhile: `version` is not the one that stands now: the other changed the words since they were read.
        Impossible: the mentorship is over, or these words have been set aside.
    """
    room = enter_open(contract.mentorship_id, "agree", by)
    contract.refresh_from_db()
    mine = f"{by.value}_agreed_at"
    if contract.stage == "in_force" or (contract.stage in PENDING and getattr(contract, mine)):
        return
    if contract.version != version:
        raise ChangedMeanwhile
    if contract.stage in ("draft", "changes_requested"):
        moves.move(contract, "propose", by, at=at, actor=actor)
    last = contract.stage == "agreed_by_one"
    told = (
        [emails.agreement_in_force(room, person) for person in people(room)]
        if last
        else [emails.agreement_waits(room, other(room, by))]
    )
    moves.move(contract, "agree", by, at=at, actor=actor, form=form, letters=told, **{mine: at})
    if keyring is not None:
        with contextlib.suppress(errors.Refused):  # a yes never waits for keys
            _see(contract, keyring, at)
    if last:
        for before in Contract.objects.filter(mentorship=room, stage="in_force").exclude(pk=contract.pk):
            moves.move(before, "supersede", by, at=at, actor=actor)


@transaction.atomic
def set_aside(contract: Contract, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> None:
    """Drop new words that are waiting: the agreement in force stays as it is. Twice is as once.

    Raises ChangedMeanwhile when these words are not new ones beside an agreement in force.
    """
    room = enter_open(contract.mentorship_id, "set_aside", by)
    contract.refresh_from_db()
    if contract.stage == "ended":
        return
    if contract.stage not in PENDING or in_force(room) is None:
        raise ChangedMeanwhile
    told = [emails.agreement_kept(room, other(room, by))]
    moves.move(contract, "end", by, at=at, actor=actor, form=form, letters=told)


@transaction.atomic
def see(contract: Contract, *, keyring: Keyring | None, at: datetime) -> None:
    """Remember these words as those that this person saw last. Raises Locked, NotGranted, Tampered."""
    contract.refresh_from_db()
    _see(contract, unlocked(keyring), at)


def _handled(contract: Contract, form: UUID | None) -> Contract | None:
    """The contract that this form has changed already: this one, or the amendment that bears the form's uuid."""
    if form is None:
        return None
    amendment = Contract.objects.filter(pk=form, mentorship=contract.mentorship_id).first()
    if amendment is not None:
        return amendment
    return contract if ledger.handled(form, "contract", contract.pk, "change") else None


def _amendment(room: Mentorship, contract: Contract, form: UUID | None) -> Contract:
    last = Contract.objects.filter(mentorship=room).aggregate(last=Max("number"))["last"]
    return Contract.objects.create(
        id=form or uuid.uuid4(), mentorship=room, number=last + 1, template=contract.template
    )


def _see(contract: Contract, keys: Keyring, at: datetime) -> None:
    mine = side_of(contract.mentorship, keys.owner, at)
    seen = rules_clauses.seen(contract.template.clauses, wording_of(contract, keys))
    mine.seen = keys.seal_private("side.seen", mine.pk, rules_clauses.to_json(seen))
    mine.save(update_fields=["seen"])
