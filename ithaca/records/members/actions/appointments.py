"""Who works for a scheme: deputies and mediators come and go."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ithaca.records.members.emails import appointments as emails
from ithaca.records.members.emails.addressing import person as address
from ithaca.records.members.models import User
from ithaca.records.schemes.models import Absence, Appointment, Scheme
from ithaca.records.schemes.queries import appointments
from ithaca.records.schemes.queries.appointments import coordinators_of, mediators_of
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox
from ithaca.tools.vault import grants


class NobodyThere(Exception):
    """There is no account with this address."""


class LastCoordinator(Exception):
    """A scheme has one coordinator at least."""


class LastHolder(Exception):
    """Nobody else of the team holds the scheme's key: what was written to it would be lost."""


@transaction.atomic
def appoint_deputy(scheme: Scheme, email: str, *, actor: UUID, at: datetime, form: UUID) -> User:
    """Let someone with an account deputise from today, and tell them. Raises NobodyThere, Impossible."""
    duty, letter = Appointment.Duty.DEPUTY, emails.asked_to_deputise
    return _appoint(scheme, email, duty, letter, coordinators_of, actor=actor, at=at, form=form)


@transaction.atomic
def appoint_mediator(scheme: Scheme, email: str, *, actor: UUID, at: datetime, form: UUID) -> User:
    """Let someone with an account help two people of the scheme to talk, from today. Otherwise as `appoint_deputy`."""
    duty, letter = Appointment.Duty.MEDIATOR, emails.asked_to_mediate
    return _appoint(scheme, email, duty, letter, mediators_of, actor=actor, at=at, form=form)


@transaction.atomic
def end_mediator(appointment: Appointment, *, actor: UUID, at: datetime, form: UUID) -> None:
    """End a mediator's appointment as of today. Raises Impossible when a coordinator is not asking."""
    scheme = appointment.scheme
    _lock(scheme)
    _coordinator_only(scheme, actor, "end_mediator")
    if not ledger.handled(form, "scheme", scheme.pk, "end_mediator"):
        appointment.until = timezone.localdate(at) - timedelta(days=1)
        appointment.save(update_fields=["until"])
        _note(scheme, "end_mediator", actor, at, form)


@transaction.atomic
def end(appointment: Appointment, *, actor: UUID, at: datetime, form: UUID) -> None:
    """End a deputy's appointment, or one's own, as of today. Whoever leaves reads nothing more of what is locked.

    Raises LastCoordinator, LastHolder, and Impossible for anybody else's.
    """
    scheme = appointment.scheme
    _lock(scheme)
    if appointment.person != actor and appointment.duty == Appointment.Duty.COORDINATOR:
        raise Impossible("scheme", "", "end_appointment", Party.COORDINATOR)
    if appointment.person != actor:
        _coordinator_only(scheme, actor, "end_appointment")
    if ledger.handled(form, "scheme", scheme.pk, "end_appointment"):
        return
    team = appointments.team_of(scheme)
    rest = [row for row in team if row.pk != appointment.pk]
    if not any(row.duty == Appointment.Duty.COORDINATOR for row in rest):
        raise LastCoordinator
    stays, holders = {row.person for row in rest}, grants.holders_of(scheme.pk)
    leaves = appointment.person not in stays
    if leaves and appointment.person in holders:
        if not holders & stays:
            raise LastHolder
        grants.destroy_grant(scheme.pk, appointment.person)
        _note(scheme, "lose_holder", actor, at)
    appointment.until = timezone.localdate(at) - timedelta(days=1)
    appointment.save(update_fields=["until"])
    Absence.objects.filter(scheme=scheme, person=appointment.person).delete()
    _note(scheme, "end_appointment", actor, at, form)


def _appoint(
    scheme: Scheme,
    email: str,
    duty: Appointment.Duty,
    letter: Callable[[outbox.Recipient, Scheme], outbox.Letter],
    there: Callable[[Scheme], list[UUID]],
    *,
    actor: UUID,
    at: datetime,
    form: UUID,
) -> User:
    """Appoint someone who is not among those `there` already."""
    _lock(scheme)
    _coordinator_only(scheme, actor, "appoint")
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise NobodyThere
    if ledger.handled(form, "scheme", scheme.pk, "appoint") or user.pk in there(scheme):
        return user
    Appointment.objects.update_or_create(
        scheme=scheme, person=user.pk, duty=duty, since=timezone.localdate(at), defaults={"until": None}
    )
    _note(scheme, "appoint", actor, at, form)
    outbox.put(letter(address(user), scheme), at)
    return user


def _coordinator_only(scheme: Scheme, actor: UUID, act: str) -> None:
    if not appointments.coordinates(scheme, actor):
        raise Impossible("scheme", "", act, Party.COORDINATOR)


def _lock(scheme: Scheme) -> None:
    Scheme.objects.select_for_update().get(pk=scheme.pk)


def _note(scheme: Scheme, act: str, actor: UUID, at: datetime, form: UUID | None = None) -> None:
    ledger.record("scheme", scheme.pk, act, by=Party.COORDINATOR, at=at, actor=actor, form=form)
