"""What changes a membership: the person joins, and the coordinator checks. Nobody handles their own."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ithaca.records import moves
from ithaca.records.members import choices, membership_questions
from ithaca.records.members.emails import memberships as emails
from ithaca.records.members.emails.addressing import coordinators
from ithaca.records.members.models import Membership, Organisation, User
from ithaca.records.members.stages import MembershipAct, MembershipStage
from ithaca.records.queues import WORKING_DAYS_TO_ANSWER
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import REGISTERS
from ithaca.records.stages import Impossible, Party
from ithaca.records.times import working_days_after
from ithaca.tools.ledger import actions as ledger


class Unready(Exception):
    """Something stands in the way; `reasons` says what, in words for the coordinator."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def refuse_own(noun: str, membership: Membership, coordinator: UUID, act: str, stage: str) -> None:
    """Raise Impossible when the coordinator is the person whom the matter is about."""
    if membership.user_id == coordinator:
        raise Impossible(noun, stage, act, Party.COORDINATOR)


def verify(membership: Membership, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Begin to look at an application."""
    _move_by_coordinator(membership, MembershipAct.VERIFY, coordinator, at, form)


@transaction.atomic
def confirm(membership: Membership, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Make the person a member. Raises Unready with what is still to be checked."""
    if ledger.handled(form, "membership", membership.pk, MembershipAct.CONFIRM):
        return
    membership.refresh_from_db(from_queryset=Membership.objects.select_for_update())
    if membership.may(MembershipAct.CONFIRM, Party.COORDINATOR) and (
        reasons := membership_questions.unready(membership, at.date())
    ):
        raise Unready(reasons)
    _move_by_coordinator(
        membership, MembershipAct.CONFIRM, coordinator, at, form, letters=[emails.membership_begun(membership)]
    )


def ask_to_correct(
    membership: Membership, what: Iterable[str], *, coordinator: UUID, at: datetime, form: UUID | None
) -> None:
    """Hand the application back; `what` holds codes of `choices.CORRECTIONS`."""
    codes = [code for code in choices.CORRECTIONS if code in set(what)]
    sent = [emails.answers_to_correct(membership)]
    _move_by_coordinator(
        membership, MembershipAct.ASK_TO_CORRECT, coordinator, at, form, letters=sent, to_correct=codes
    )


def turn_down(membership: Membership, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Say no. The person may apply again."""
    _move_by_coordinator(
        membership, MembershipAct.TURN_DOWN, coordinator, at, form, letters=[emails.turned_down(membership)]
    )


def suspend(membership: Membership, notice: str, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Put a membership on hold: nothing new begins. The member sees the `notice`, a code of `choices.NOTICES`."""
    sent = [emails.membership_on_hold(membership)]
    _move_by_coordinator(membership, MembershipAct.SUSPEND, coordinator, at, form, letters=sent, notice=notice)


def reinstate(membership: Membership, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """End the hold."""
    sent = [emails.membership_goes_on(membership)]
    _move_by_coordinator(membership, MembershipAct.REINSTATE, coordinator, at, form, letters=sent, notice="")


@transaction.atomic
def check_registration(membership: Membership, on: date, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Record that the coordinator has found the number in its register, under this name, on that day."""
    refuse_own("membership", membership, coordinator, "check_registration", membership.stage)
    if ledger.handled(form, "membership", membership.pk, "check_registration"):
        return
    membership.registration_checked_on, membership.registration_checked_by = on, coordinator
    membership.save(update_fields=["registration_checked_on", "registration_checked_by"])
    _record(membership, "check_registration", coordinator, at, form)


@transaction.atomic
def place(
    membership: Membership, organisation: Organisation, *, coordinator: UUID, at: datetime, form: UUID | None
) -> None:
    """Say which organisation in the list an unlisted practice is."""
    refuse_own("membership", membership, coordinator, "place", membership.stage)
    if ledger.handled(form, "membership", membership.pk, "place"):
        return
    membership.organisation, membership.unlisted_practice = organisation, ""
    membership.save(update_fields=["organisation", "unlisted_practice"])
    _record(membership, "place", coordinator, at, form)


def _record(membership: Membership, act: str, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    by = Party.COORDINATOR
    ledger.record("membership", membership.pk, act, by=by, at=at, actor=coordinator, form=form)


def _move_by_coordinator(
    membership: Membership, act: MembershipAct, coordinator: UUID, at: datetime, form: UUID | None, **more: Any
) -> bool:
    refuse_own("membership", membership, coordinator, act, membership.stage)
    return moves.move(membership, act, Party.COORDINATOR, at=at, actor=coordinator, form=form, **more)


OPEN_TO_ANSWERS = (MembershipStage.DRAFT, MembershipStage.CORRECTING)


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
    if not made and membership.may(MembershipAct.REJOIN, Party.MEMBER):
        moves.move(membership, MembershipAct.REJOIN, Party.MEMBER, at=at, actor=user.pk, form=form, to_correct=[])
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
def apply(membership: Membership, *, at: datetime, form: UUID | None) -> None:
    """Send the application to the coordinators, for the first time or corrected. Raises Incomplete."""
    membership.refresh_from_db(from_queryset=Membership.objects.select_for_update())
    if missing := membership_questions.missing(membership):
        raise Incomplete(missing)
    by = working_days_after(at.date(), WORKING_DAYS_TO_ANSWER)
    to = coordinators(membership.scheme, but=membership.user_id)
    _move_by_member(
        membership,
        MembershipAct.APPLY,
        at=at,
        form=form,
        letters=[
            emails.application_arrived(membership, by),
            *(emails.application_to_check(one, membership, by) for one in to),
        ],
        applied_at=at if membership.stage == MembershipStage.DRAFT else membership.applied_at,
        to_correct=[],
    )


def reopen(membership: Membership, *, at: datetime, form: UUID | None) -> None:
    """Take the application back to change an answer; it keeps its place by `applied_at`."""
    _move_by_member(membership, MembershipAct.REOPEN, at=at, form=form)


def withdraw(membership: Membership, *, at: datetime, form: UUID | None) -> None:
    """Leave, or stop applying. One step, no reason."""
    _move_by_member(membership, MembershipAct.WITHDRAW, at=at, form=form)


def renew(membership: Membership, *, at: datetime, form: UUID | None, **subscription: Any) -> None:
    """Give the subscribing membership afresh; a coordinator looks at it."""
    by = working_days_after(at.date(), WORKING_DAYS_TO_ANSWER)
    to = coordinators(membership.scheme, but=membership.user_id)
    sent = [emails.application_to_check(one, membership, by) for one in to]
    _move_by_member(membership, MembershipAct.RENEW, at=at, form=form, letters=sent, **subscription)


def _move_by_member(
    membership: Membership, act: MembershipAct, *, at: datetime, form: UUID | None, **more: Any
) -> bool:
    return moves.move(membership, act, Party.MEMBER, at=at, actor=membership.user_id, form=form, **more)


def vouch(membership: Membership, checked_on: date | None, *, coordinator: UUID, at: datetime) -> None:
    """Confirm a membership for which the coordinator vouches, its register's number included."""
    if membership.profession in REGISTERS and (checked_on or membership.registration_checked_on is None):
        looked = checked_on or timezone.localdate(at)
        check_registration(membership, looked, coordinator=coordinator, at=at, form=None)
    confirm(membership, coordinator=coordinator, at=at, form=None)


@transaction.atomic
def amend(membership: Membership, facts: dict[str, Any], *, coordinator: UUID, at: datetime) -> None:
    """Change facts of a membership by the coordinator's word. A number that changes is looked up afresh."""
    refuse_own("membership", membership, coordinator, "amend", membership.stage)
    membership.refresh_from_db(from_queryset=Membership.objects.select_for_update())
    if facts.get("registration_number", membership.registration_number) != membership.registration_number:
        facts = {"registration_checked_on": timezone.localdate(at)} | facts
    if "registration_checked_on" in facts:
        facts |= {"registration_checked_by": coordinator}
    for name, value in facts.items():
        setattr(membership, name, value)
    membership.version += 1
    membership.save(update_fields=[*(name.removesuffix("_id") for name in facts), "version"])
    by = Party.COORDINATOR
    ledger.record("membership", membership.pk, "amend", by=by, at=at, actor=coordinator)
