"""Changing the agreement of a mentorship, agreeing to it, and agreeing to another later."""

import contextlib
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from ithaca.records import moves
from ithaca.records.mentorships.models import Agreement, Mentorship, Side
from ithaca.records.mentorships.room.actions.sides import side_of
from ithaca.records.mentorships.room.emails import agreements as emails
from ithaca.records.mentorships.room.locks import enter_open, other, people
from ithaca.records.mentorships.room.queries.agreements import in_force, pending, wording_of
from ithaca.records.mentorships.rules import clauses as rules_clauses
from ithaca.records.mentorships.rules.stages.room import PENDING, AgreementAct, AgreementStage
from ithaca.records.stages import Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.vault import errors
from ithaca.tools.vault.keyring import Keyring, unlocked


@transaction.atomic
def change(
    agreement: Agreement,
    texts: Mapping[str, str],
    version: int,
    by: Party,
    *,
    keyring: Keyring | None,
    at: datetime,
    form: UUID | None,
    review_on: date | None = None,
) -> Agreement:
    """Put new words, by clause key, before the other; return the contract that holds them.

    An empty text leaves a clause out, a new key adds one (`rules.clauses`). `review_on` is when to review it.
    Whoever had agreed to the old words has not agreed to these. An agreement in force stays in force: the new words
    are an agreement of their own, with the next number. Words that change nothing do nothing.

    Raises:
        Locked: the keyring is None. NotGranted, Tampered: as the vault says.
        ChangedMeanwhile: `version` is not the one that stands now, or other words have taken the place of these.
        Impossible: the mentorship is over.
    """
    keys = unlocked(keyring)
    room = enter_open(agreement.mentorship_id, AgreementAct.CHANGE, by)
    done = _handled(agreement, form)
    if done is not None:
        return done
    agreement.refresh_from_db()
    newest = pending(room) or in_force(room)
    if agreement != newest or agreement.version != version:
        raise ChangedMeanwhile
    clauses = agreement.template.clauses
    changes = rules_clauses.changed(clauses, texts)
    if changes == wording_of(agreement, keys) and review_on == agreement.review_on:
        return agreement
    if agreement.stage == AgreementStage.IN_FORCE:
        agreement = _amendment(room, agreement, form)
    text = rules_clauses.to_json(changes)
    agreement.wording_by = keys.owner
    moves.move(
        agreement,
        AgreementAct.CHANGE,
        by,
        at=at,
        actor=keys.owner,
        form=form,
        letters=[emails.agreement_changed(room, other(room, by))],
        wording=Agreement.wording.seal(agreement, text, keys) if changes else None,
        wording_by=keys.owner,
        mentee_agreed_at=None,
        mentor_agreed_at=None,
        review_on=review_on,
        version=agreement.version + 1,
    )
    _see(agreement, keys, at)
    return agreement


@transaction.atomic
def agree(
    agreement: Agreement,
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
    room = enter_open(agreement.mentorship_id, AgreementAct.AGREE, by)
    agreement.refresh_from_db()
    mine = f"{by.value}_agreed_at"
    if agreement.stage == AgreementStage.IN_FORCE or (agreement.stage in PENDING and getattr(agreement, mine)):
        return
    if agreement.version != version:
        raise ChangedMeanwhile
    if agreement.stage in (AgreementStage.DRAFT, AgreementStage.CHANGES_REQUESTED):
        moves.move(agreement, AgreementAct.PROPOSE, by, at=at, actor=actor)
    last = agreement.stage == AgreementStage.AGREED_BY_ONE
    told = (
        [emails.agreement_in_force(room, person) for person in people(room)]
        if last
        else [emails.agreement_waits(room, other(room, by))]
    )
    moves.move(agreement, AgreementAct.AGREE, by, at=at, actor=actor, form=form, letters=told, **{mine: at})
    if keyring is not None:
        with contextlib.suppress(errors.Refused):  # a yes never waits for keys
            _see(agreement, keyring, at)
    if last:
        for before in Agreement.objects.filter(mentorship=room, stage=AgreementStage.IN_FORCE).exclude(pk=agreement.pk):
            moves.move(before, AgreementAct.SUPERSEDE, by, at=at, actor=actor)


@transaction.atomic
def set_aside(agreement: Agreement, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> None:
    """Drop new words that are waiting: the agreement in force stays as it is. Twice is as once.

    Raises ChangedMeanwhile when these words are not new ones beside an agreement in force.
    """
    room = enter_open(agreement.mentorship_id, "set_aside", by)
    agreement.refresh_from_db()
    if agreement.stage == AgreementStage.ENDED:
        return
    if agreement.stage not in PENDING or in_force(room) is None:
        raise ChangedMeanwhile
    told = [emails.agreement_kept(room, other(room, by))]
    moves.move(agreement, AgreementAct.END, by, at=at, actor=actor, form=form, letters=told)


@transaction.atomic
def see(agreement: Agreement, *, keyring: Keyring | None, at: datetime) -> None:
    """Remember these words as those that this person saw last. Raises Locked, NotGranted, Tampered."""
    agreement.refresh_from_db()
    _see(agreement, unlocked(keyring), at)


def _handled(agreement: Agreement, form: UUID | None) -> Agreement | None:
    """Return the agreement that this form has changed already: this one, or the amendment with the form's uuid."""
    if form is None:
        return None
    amendment = Agreement.objects.filter(pk=form, mentorship=agreement.mentorship_id).first()
    if amendment is not None:
        return amendment
    return agreement if ledger.handled(form, "contract", agreement.pk, AgreementAct.CHANGE) else None


def _amendment(room: Mentorship, agreement: Agreement, form: UUID | None) -> Agreement:
    last = Agreement.objects.filter(mentorship=room).aggregate(last=Max("number"))["last"]
    return Agreement.objects.create(
        id=form or uuid.uuid4(), mentorship=room, number=last + 1, template=agreement.template
    )


def _see(agreement: Agreement, keys: Keyring, at: datetime) -> None:
    mine = side_of(agreement.mentorship, keys.owner, at)
    seen = rules_clauses.seen(agreement.template.clauses, wording_of(agreement, keys))
    mine.seen = Side.seen.seal(mine, rules_clauses.to_json(seen), keys)
    mine.save(update_fields=["seen"])
