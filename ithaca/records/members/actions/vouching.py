"""People who come from a coordinator's spreadsheet: the coordinator vouches for them. Nobody is written to by it.

Whoever calls holds the letters back (`outbox.held_back`); a new account stays silent until the coordinator says so.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from ithaca.records.members.actions import checking, joining
from ithaca.records.members.models import Arrival, Membership, MentorStanding, User
from ithaca.records.members.offers import Offer
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import REGISTERS
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox


def account_for(email: str, own: dict[str, str], at: datetime) -> User:
    """The account with this address, or a new one without a password, to which nothing is written yet."""
    user = User.objects.filter(email=email).first()
    if user is not None:
        return user
    user = User.objects.create_user(email, None, name=own["name"], joined_at=at)
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    if "telephone" in own:
        keep_own(user, {"telephone": own["telephone"]})
    outbox.silence(user.pk, at)
    return user


def keep_own(user: User, own: dict[str, str]) -> None:
    """Correct the name or the telephone of somebody who has not signed in yet. Raises Impossible for one who has."""
    if user.has_usable_password():
        raise Impossible("account", "claimed", "correct", Party.COORDINATOR)
    user.name = own.get("name", user.name)
    if "telephone" in own:
        user.telephone = User.telephone.seal(user, own["telephone"])
    user.save(update_fields=["name", "telephone"])


@transaction.atomic
def bring_in(
    scheme: Scheme, user: User, facts: dict[str, Any], *, vouched: bool, coordinator: UUID, at: datetime
) -> Membership:
    """Let someone join as their own application would, and confirm it where the coordinator vouches for them.

    Raises joining.Incomplete, checking.Unready, Impossible.
    """
    membership = joining.start(scheme, user, at=at, form=uuid4())
    checked_on = facts.pop("registration_checked_on", None)
    joining.answer(membership, **facts)
    joining.send(membership, at=at, form=None)
    if vouched:
        confirm(membership, checked_on, coordinator=coordinator, at=at)
    Arrival.objects.create(membership=membership, made_by=coordinator, made_at=at)
    return membership


def confirm(membership: Membership, checked_on: date | None, *, coordinator: UUID, at: datetime) -> None:
    """Confirm a membership for which the coordinator vouches, its register's number included."""
    if membership.profession in REGISTERS and (checked_on or membership.registration_checked_on is None):
        looked = checked_on or timezone.localdate(at)
        checking.check_registration(membership, looked, coordinator=coordinator, at=at, form=None)
    checking.confirm(membership, coordinator=coordinator, at=at, form=None)


@transaction.atomic
def amend(membership: Membership, facts: dict[str, Any], *, coordinator: UUID, at: datetime) -> None:
    """Change facts of a membership by the coordinator's word. A number that changes is looked up afresh."""
    checking.not_their_own("membership", membership, coordinator, "amend", membership.stage)
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


@transaction.atomic
def make_mentor(
    membership: Membership, offer: Offer, capacity: int, approved_on: date, *, coordinator: UUID, at: datetime
) -> MentorStanding:
    """Make a confirmed member a mentor by the coordinator's word, with what the sheet says of them."""
    checking.not_their_own("standing", membership, coordinator, "vouch", membership.stage)
    if membership.stage != "active":
        raise Impossible("membership", membership.stage, "vouch", Party.COORDINATOR)
    standing = MentorStanding(membership=membership, capacity=capacity, approved_on=approved_on, stage_since=at)
    standing.offer = MentorStanding.offer.seal(standing, offer.to_json())
    standing.save(force_insert=True)
    by = Party.COORDINATOR
    ledger.record("standing", standing.pk, "vouch", by=by, at=at, actor=coordinator, to=standing.stage)
    return standing
