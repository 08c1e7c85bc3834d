"""Joining a scheme: what the person does."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ithaca.records import moves
from ithaca.records.members import joining_rules
from ithaca.records.members.emails import membership as emails
from ithaca.records.members.emails.addressing import coordinators
from ithaca.records.members.models import Membership, User
from ithaca.records.queues import WORKING_DAYS_TO_ANSWER
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Impossible, Party
from ithaca.records.times import working_days_after

OPEN_TO_ANSWERS = ("draft", "correcting")


class Incomplete(Exception):
    """Questions are still open; `steps` names them."""

    def __init__(self, steps: list[str]) -> None:
        super().__init__(", ".join(steps))
        self.steps = steps


@transaction.atomic
def start(scheme: Scheme, user: User, *, at: datetime, form: UUID) -> Membership:
    """Return the person's draft, or whatever their place in this scheme has become; begin again after an ending."""
    only = scheme.professions[0] if len(scheme.professions) == 1 else ""
    membership, made = Membership.objects.select_related("scheme", "user").get_or_create(
        scheme=scheme, user=user, defaults={"profession": only, "applied_at": at, "stage_since": at}
    )
    if not made and membership.may("rejoin", Party.MEMBER):
        moves.move(membership, "rejoin", Party.MEMBER, at=at, actor=user.pk, form=form, to_correct=[])
    return membership


@transaction.atomic
def answer(membership: Membership, **answers: Any) -> None:
    """Keep the answers of one page. A number that changes must be checked against its register again.

    Raises Impossible once the application has been sent.
    """
    stands = Membership.objects.select_for_update().get(pk=membership.pk)
    if stands.stage not in OPEN_TO_ANSWERS:
        raise Impossible("membership", stands.stage, "answer", Party.MEMBER)
    if answers.get("registration_number", stands.registration_number) != stands.registration_number:
        answers |= {"registration_checked_on": None, "registration_checked_by": None}
    for name, value in answers.items():
        setattr(membership, name, value)
    membership.save(update_fields=[*answers])


@transaction.atomic
def send(membership: Membership, *, at: datetime, form: UUID | None) -> None:
    """Send the application to the coordinators, for the first time or corrected. Raises Incomplete."""
    membership.refresh_from_db(from_queryset=Membership.objects.select_for_update())
    if missing := joining_rules.missing(membership):
        raise Incomplete(missing)
    by = working_days_after(at.date(), WORKING_DAYS_TO_ANSWER)
    to = coordinators(membership.scheme, but=membership.user_id)
    _step(
        membership,
        "apply",
        at=at,
        form=form,
        letters=[
            emails.application_arrived(membership, by),
            *(emails.application_to_check(one, membership, by) for one in to),
        ],
        applied_at=at if membership.stage == "draft" else membership.applied_at,
        to_correct=[],
    )


def reopen(membership: Membership, *, at: datetime, form: UUID | None) -> None:
    """Take the application back to change an answer; it keeps its place by `applied_at`."""
    _step(membership, "reopen", at=at, form=form)


def withdraw(membership: Membership, *, at: datetime, form: UUID | None) -> None:
    """Leave, or stop applying. One step, no reason."""
    _step(membership, "withdraw", at=at, form=form)


def renew(membership: Membership, *, at: datetime, form: UUID | None, **subscription: Any) -> None:
    """Give the subscribing membership afresh; a coordinator looks at it."""
    by = working_days_after(at.date(), WORKING_DAYS_TO_ANSWER)
    to = coordinators(membership.scheme, but=membership.user_id)
    sent = [emails.application_to_check(one, membership, by) for one in to]
    _step(membership, "renew", at=at, form=form, letters=sent, **subscription)


def _step(membership: Membership, act: str, *, at: datetime, form: UUID | None, **more: Any) -> bool:
    return moves.move(membership, act, Party.MEMBER, at=at, actor=membership.user_id, form=form, **more)
