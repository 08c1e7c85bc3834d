"""People imported from a spreadsheet get an email with their own link, when the coordinator says so."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from ithaca.records.members.actions import memberships
from ithaca.records.members.emails import arrivals as emails
from ithaca.records.members.models import Arrival, Membership, User
from ithaca.records.members.queries.arrivals import token_of, untold
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox

GOOD_FOR = timedelta(days=30)
AT_ONCE = 50


class Gone(Exception):
    """The link was used already, has run out, or never was."""


def write_to_them(scheme: Scheme, *, coordinator: UUID, at: datetime, form: UUID) -> bool:
    """Have everyone written to who came and has not heard yet; False when this form was handled already."""
    with transaction.atomic():
        if ledger.handled(form, "scheme", scheme.pk, "write_to_arrivals"):
            return False
        by = Party.COORDINATOR
        ledger.record("scheme", scheme.pk, "write_to_arrivals", by=by, at=at, actor=coordinator, form=form)
        transaction.on_commit(lambda: write.enqueue(str(scheme.pk), str(coordinator)))
    return True


@task()
def write(scheme: str, coordinator: str) -> None:
    """Email everyone of the scheme who came by spreadsheet; this is the task that the worker is handed."""
    write_all(Scheme.objects.get(pk=scheme), UUID(coordinator))


def write_all(scheme: Scheme, coordinator: UUID) -> int:
    """Write the emails, some at a time. Nobody gets a second one. Returns how many were written."""
    written = 0
    while some := list(untold(scheme, coordinator).values_list("pk", flat=True)[:AT_ONCE]):
        written += sum(_write(pk, timezone.now()) for pk in some)
    return written


@transaction.atomic
def _write(pk: UUID, at: datetime) -> bool:
    rows = Arrival.objects.select_for_update(of=("self",)).select_related("membership__scheme", "membership__user")
    arrival = rows.get(pk=pk)
    if arrival.told_at is not None:
        return False
    user = arrival.membership.user
    outbox.speak([user.pk])
    arrival.told_at = at
    if user.has_usable_password():
        outbox.put(emails.you_are_a_member(arrival.membership), at)
    else:
        token = secrets.token_urlsafe(24)
        arrival.token, arrival.expires_at = token_of(token), at + GOOD_FOR
        until = timezone.localdate(arrival.expires_at)
        outbox.put(
            emails.welcome(arrival.membership, reverse("joining:welcome", args=[token]), until), at, asked_for=True
        )
    arrival.save(update_fields=["told_at", "token", "expires_at"])
    return True


@transaction.atomic
def claim(token: str, password: str, *, at: datetime) -> User:
    """Set the first password of an account, and confirm its address: the email went there. Raises Gone."""
    rows = Arrival.objects.select_for_update(of=("self",)).select_related("membership__user")
    arrival = rows.filter(token=token_of(token)).first()
    if arrival is None or arrival.used_at is not None or (arrival.expires_at or at) < at:
        raise Gone
    user = User.objects.select_for_update().get(pk=arrival.membership.user_id)
    if user.has_usable_password():
        raise Gone
    user.set_password(password)
    user.save(update_fields=["password"])
    EmailAddress.objects.filter(user=user, email=user.email).update(verified=True)
    arrival.used_at = at
    arrival.save(update_fields=["used_at"])
    return user


@transaction.atomic
def bring_in(
    scheme: Scheme, user: User, facts: dict[str, Any], *, vouched: bool, coordinator: UUID, at: datetime
) -> Membership:
    """Let someone join as their own application would, and confirm it where the coordinator vouches for them.

    Raises memberships.Incomplete, memberships.Unready, Impossible.
    """
    membership = memberships.start(scheme, user, at=at, form=uuid4())
    checked_on = facts.pop("registration_checked_on", None)
    memberships.answer(membership, **facts)
    memberships.apply(membership, at=at, form=None)
    if vouched:
        memberships.vouch(membership, checked_on, coordinator=coordinator, at=at)
    Arrival.objects.create(membership=membership, made_by=coordinator, made_at=at)
    return membership
