"""Asking for a mentor: a request is begun, filled in, submitted, answered, and can be withdrawn."""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from ithaca.records import moves, versions
from ithaca.records.members.emails.addressing import coordinators, member
from ithaca.records.members.models import Membership
from ithaca.records.members.stages import MAY_ASK
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import introductions
from ithaca.records.mentorships.pairing.actions.findings import forget_found
from ithaca.records.mentorships.pairing.emails import requests as emails
from ithaca.records.mentorships.pairing.queries.enquiries import enquiry_behind
from ithaca.records.mentorships.pairing.queries.requests import (
    answer_due,
    answers_of,
    last_heard,
    open_request_of,
    story_of,
    whole_request,
)
from ithaca.records.mentorships.rules.deadlines import WORD_EVERY
from ithaca.records.mentorships.rules.stages.pairing import EDITABLE, EnquiryAct, RequestAct, RequestStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox
from ithaca.tools.vault.keyring import Keyring, unlocked

NOTHING_LEFT: dict[str, Any] = {"answers": None, "story": None, "signposts": None}
"""What a withdrawn request keeps of what was written."""


class Incomplete(Exception):
    """The request does not yet say what brings its author."""


class CannotAsk(Exception):
    """The membership has lapsed, or is over."""


@transaction.atomic
def begin(
    membership: Membership,
    *,
    at: datetime,
    form: UUID,
    enquiry_seen: UUID | None = None,
    one_off: bool = False,
    may: Collection[str] = MAY_ASK,
) -> MentoringRequest:
    """Return the member's open request, or begin a draft, tied to the enquiry they sent before they had an account.

    `one_off`: one conversation is asked for, and no more. `may`: the stages of a membership in which it can be begun.

    Raises `CannotAsk` when the membership has lapsed or is over.
    """
    under_way = open_request_of(membership)
    if under_way:
        return under_way
    if membership.stage not in may:
        raise CannotAsk
    request = MentoringRequest(
        id=uuid4() if MentoringRequest.objects.filter(pk=form).exists() else form,
        membership=membership,
        enquiry=enquiry_behind(membership, enquiry_seen),
        one_off=one_off,
        stage_since=at,
    )
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError:  # another window was quicker
        under_way = open_request_of(membership)
        if under_way is None:
            raise
        return under_way
    ledger.record("request", request.pk, "begin", by=Party.MENTEE, at=at, actor=membership.user_id, to=request.stage)
    return request


@transaction.atomic
def change_answers(request: MentoringRequest, version: int, **changes: Any) -> None:
    """Change some of the answers (fields of `Answers`); what is not named stays.

    A draft takes the last word; later, raises `versions.ChangedMeanwhile` when it is not the `version` that was seen.
    """
    _lock_to_edit(request)
    before = answers_of(request)
    after = replace(before, **changes)
    if after != before:
        sealed = MentoringRequest.answers.seal(request, after.to_json())
        versions.edit(request, _seen(request, version), answers=sealed)


@transaction.atomic
def change_kind(request: MentoringRequest, version: int, *, one_off: bool) -> None:
    """Ask for one conversation, or for a mentor, instead. Raises as `change_answers`; not once both are introduced."""
    _lock_to_edit(request)
    if request.stage == RequestStage.INTRODUCING:
        raise Impossible("request", request.stage, "change_kind", Party.MENTEE)
    if request.one_off != one_off:
        versions.edit(request, _seen(request, version), one_off=one_off)


@transaction.atomic
def change_story(request: MentoringRequest, version: int, story: str, *, keyring: Keyring | None) -> None:
    """Keep the story, sealed to its author alone. Raises `Locked`, and `ChangedMeanwhile` as `change_answers`."""
    ring = unlocked(keyring)
    _lock_to_edit(request)
    if story != story_of(request, ring):
        sealed = MentoringRequest.story.seal(request, story, ring) if story else None
        versions.edit(request, _seen(request, version), story=sealed)


@transaction.atomic
def submit(request: MentoringRequest, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Send the draft in. Its place in the queue is today's, or that of the two-minute request it came from.

    Where mentees choose, nobody has to read it first: it goes straight into the queue.
    Raises `Incomplete`, or `CannotAsk` when the membership has lapsed meanwhile.
    """
    request.refresh_from_db(from_queryset=whole_request().select_for_update(of=("self",)))
    scheme, enquiry, today = request.membership.scheme, request.enquiry, timezone.localdate(at)
    if request.membership.stage not in MAY_ASK:
        raise CannotAsk
    if not answers_of(request).reasons:
        raise Incomplete
    chooses = scheme.proposing == Scheme.Proposing.MENTEE
    to, due = member(request.membership), answer_due(today)
    told = [emails.request_ready(to, request) if chooses else emails.request_arrived(to, request, due)]
    if not chooses:
        told += [emails.request_to_read(desk, request, due) for desk in coordinators(scheme, but=actor)]
    asked_on = enquiry.asked_on if enquiry else today
    if not moves.move(
        request, RequestAct.SUBMIT, Party.MENTEE, at=at, actor=actor, form=form, letters=told, asked_on=asked_on
    ):
        return False
    if enquiry and enquiry.may(EnquiryAct.JOIN, Party.MENTEE):
        moves.move(enquiry, EnquiryAct.JOIN, Party.MENTEE, at=at, actor=actor)
    if chooses:
        moves.move(request, RequestAct.TRIAGE, Party.SCHEDULE, at=at)
        moves.move(request, RequestAct.QUEUE, Party.SCHEDULE, at=at)
    return True


@transaction.atomic
def withdraw(request: MentoringRequest, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Stop, at once and at any stage. What was written is deleted; an introduction under way ends, its place free."""
    if not moves.move(request, RequestAct.WITHDRAW, Party.MENTEE, at=at, actor=actor, form=form, **NOTHING_LEFT):
        return False
    introductions.drop(whole_request().get(pk=request.pk), actor=actor, at=at)
    forget_found(request, at)
    return True


@transaction.atomic
def take_in(request: MentoringRequest, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Put a request in the queue once a coordinator has read it, from the day on which it was asked."""
    request.refresh_from_db(from_queryset=whole_request().select_for_update(of=("self",)))
    told = [emails.request_waiting(member(request.membership), request)]
    if request.stage == RequestStage.SUBMITTED:
        moves.move(request, RequestAct.TRIAGE, Party.COORDINATOR, at=at, actor=actor)
    return moves.move(request, RequestAct.QUEUE, Party.COORDINATOR, at=at, actor=actor, form=form, letters=told)


@transaction.atomic
def answer_otherwise(
    request: MentoringRequest,
    act: RequestAct,
    *,
    signposts: Iterable[UUID] = (),
    actor: UUID,
    at: datetime,
    form: UUID | None,
) -> bool:
    """Answer a request without a mentor: `signpost` or `find_ineligible` instead, or `close_unplaced` for now.

    Which `signposts` the answer names is sealed: that somebody was shown the way to a doctor is theirs to tell.
    """
    request.refresh_from_db(from_queryset=whole_request().select_for_update(of=("self",)))
    told = [emails.request_answered(member(request.membership), request)]
    if request.stage == RequestStage.SUBMITTED:
        moves.move(request, RequestAct.TRIAGE, Party.COORDINATOR, at=at, actor=actor)
    changes: dict[str, Any] = {}
    if named := sorted(str(signpost) for signpost in signposts):
        changes["signposts"] = MentoringRequest.signposts.seal(request, json.dumps(named))
    return moves.move(request, act, Party.COORDINATOR, at=at, actor=actor, form=form, letters=told, **changes)


def reopen(request: MentoringRequest, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Wait again, at the old date."""
    return moves.move(request, RequestAct.REOPEN, by, at=at, actor=actor, form=form)


@transaction.atomic
def send_word(request: UUID, at: datetime) -> bool:
    """Tell someone who waits that they are still in the queue, unless they have heard from us lately."""
    found = whole_request().select_for_update(of=("self",)).get(pk=request)
    if found.stage != RequestStage.WAITING or last_heard([found])[found.pk] + WORD_EVERY > timezone.localdate(at):
        return False
    ledger.record("request", found.pk, "send_word", by=Party.SCHEDULE, at=at)
    outbox.put(emails.still_waiting(member(found.membership), found), at)
    return True


def _lock_to_edit(request: MentoringRequest) -> None:
    request.refresh_from_db(from_queryset=whole_request().select_for_update(of=("self",)))
    if request.stage not in EDITABLE:
        raise Impossible("request", request.stage, "edit", Party.MENTEE)


def _seen(request: MentoringRequest, version: int) -> int:
    """Return the version to check against.

    That of a draft is its own: it has one author, who may go back and forth, so the last save counts.
    """
    return request.version if request.stage == RequestStage.DRAFT else version
