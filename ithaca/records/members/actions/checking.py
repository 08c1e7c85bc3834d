"""Applications to join: what the coordinator does. Nobody handles their own."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ithaca.records import moves
from ithaca.records.members import joining_rules, words
from ithaca.records.members.emails import membership as emails
from ithaca.records.members.models import Membership, Organisation
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger


class Unready(Exception):
    """Something stands in the way; `reasons` says what, in words for the coordinator."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def not_their_own(noun: str, membership: Membership, coordinator: UUID, act: str, stage: str) -> None:
    """Raise Impossible when the coordinator is the person whom the matter is about."""
    if membership.user_id == coordinator:
        raise Impossible(noun, stage, act, Party.COORDINATOR)


def verify(membership: Membership, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Begin to look at an application."""
    _step(membership, "verify", coordinator, at, form)


@transaction.atomic
def confirm(membership: Membership, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Make the person a member. Raises Unready with what is still to be checked."""
    if ledger.handled(form, "membership", membership.pk, "confirm"):
        return
    membership.refresh_from_db(from_queryset=Membership.objects.select_for_update())
    if membership.may("confirm", Party.COORDINATOR) and (reasons := joining_rules.unready(membership, at.date())):
        raise Unready(reasons)
    _step(membership, "confirm", coordinator, at, form, letters=[emails.membership_begun(membership)])


def ask_to_correct(
    membership: Membership, what: Iterable[str], *, coordinator: UUID, at: datetime, form: UUID | None
) -> None:
    """Hand the application back; `what` holds codes of `words.CORRECTIONS`."""
    codes = [code for code in words.CORRECTIONS if code in set(what)]
    sent = [emails.answers_to_correct(membership)]
    _step(membership, "ask_to_correct", coordinator, at, form, letters=sent, to_correct=codes)


def turn_down(membership: Membership, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Say no. The person may apply again."""
    _step(membership, "turn_down", coordinator, at, form, letters=[emails.turned_down(membership)])


def suspend(membership: Membership, notice: str, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Put a membership on hold: nothing new begins. The member sees the `notice`, a code of `words.NOTICES`."""
    sent = [emails.membership_on_hold(membership)]
    _step(membership, "suspend", coordinator, at, form, letters=sent, notice=notice)


def reinstate(membership: Membership, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """End the hold."""
    sent = [emails.membership_goes_on(membership)]
    _step(membership, "reinstate", coordinator, at, form, letters=sent, notice="")


@transaction.atomic
def check_registration(membership: Membership, on: date, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Record that the coordinator has found the number in its register, under this name, on that day."""
    not_their_own("membership", membership, coordinator, "check_registration", membership.stage)
    if ledger.handled(form, "membership", membership.pk, "check_registration"):
        return
    membership.registration_checked_on, membership.registration_checked_by = on, coordinator
    membership.save(update_fields=["registration_checked_on", "registration_checked_by"])
    _note(membership, "check_registration", coordinator, at, form)


@transaction.atomic
def place(
    membership: Membership, organisation: Organisation, *, coordinator: UUID, at: datetime, form: UUID | None
) -> None:
    """Say which organisation in the list an unlisted practice is."""
    not_their_own("membership", membership, coordinator, "place", membership.stage)
    if ledger.handled(form, "membership", membership.pk, "place"):
        return
    membership.organisation, membership.unlisted_practice = organisation, ""
    membership.save(update_fields=["organisation", "unlisted_practice"])
    _note(membership, "place", coordinator, at, form)


def _note(membership: Membership, act: str, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    by = Party.COORDINATOR
    ledger.record("membership", membership.pk, act, by=by, at=at, actor=coordinator, form=form)


def _step(membership: Membership, act: str, coordinator: UUID, at: datetime, form: UUID | None, **more: Any) -> bool:
    not_their_own("membership", membership, coordinator, act, membership.stage)
    return moves.move(membership, act, Party.COORDINATOR, at=at, actor=coordinator, form=form, **more)
