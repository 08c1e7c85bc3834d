"""What changes the standing of an approved mentor."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ithaca.records import moves
from ithaca.records.members.actions import memberships
from ithaca.records.members.actions.memberships import refuse_own
from ithaca.records.members.emails import standings as emails
from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.members.offers import Offer
from ithaca.records.members.stages import MembershipStage, StandingAct, StandingStage
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger

_LETTERS = {
    StandingAct.PAUSE: emails.offer_paused,
    StandingAct.RESUME: emails.offer_resumed,
    StandingAct.SUSPEND: emails.offer_on_hold,
    StandingAct.REINSTATE: emails.offer_resumed,
}


def hold(
    standing: MentorStanding, act: StandingAct, notice: str = "", *, coordinator: UUID, at: datetime, form: UUID | None
) -> None:
    """Pause or suspend an offer, or open it again: `pause`, `suspend`, `resume` or `reinstate`.

    While it is on hold nobody new is introduced; everything that runs goes on. The mentor sees the `notice`, a code of
    `choices.NOTICES`. Whoever opens it again settles the places, in the same transaction.
    """
    refuse_own("standing", standing.membership, coordinator, act, standing.stage)
    told = [_LETTERS[act](standing.membership)]
    moves.move(standing, act, Party.COORDINATOR, at=at, actor=coordinator, form=form, letters=told, notice=notice)


@transaction.atomic
def revise(standing: MentorStanding, offer: Offer, capacity: int) -> None:
    """Change an approved offer. People who are already with the mentor stay, whatever the new capacity."""
    stands = MentorStanding.objects.select_for_update().get(pk=standing.pk)
    if stands.stage in (StandingStage.RETIRED, StandingStage.SUSPENDED):
        raise Impossible("standing", stands.stage, "revise", Party.MEMBER)
    standing.offer = MentorStanding.offer.seal(standing, offer.to_json())
    standing.capacity = capacity
    standing.save(update_fields=["offer", "capacity"])


def be_listed(standing: MentorStanding, listed: bool) -> None:
    """Let members of the scheme find this mentor by name, or no longer."""
    standing.listed = listed
    standing.save(update_fields=["listed"])


def go_on_leave(standing: MentorStanding, *, at: datetime, form: UUID | None) -> None:
    """Take nobody new for a while. Those who are with the mentor stay."""
    _move(standing, StandingAct.GO_ON_LEAVE, at, form)


def come_back(standing: MentorStanding, *, at: datetime, form: UUID | None) -> None:
    _move(standing, StandingAct.COME_BACK, at, form)


def retire(standing: MentorStanding, *, at: datetime, form: UUID | None) -> None:
    """Stop mentoring in this scheme. Running mentorships may finish."""
    _move(standing, StandingAct.RETIRE, at, form)


def _move(standing: MentorStanding, act: StandingAct, at: datetime, form: UUID | None) -> None:
    moves.move(standing, act, Party.MEMBER, at=at, actor=standing.membership.user_id, form=form)


@transaction.atomic
def vouch(
    membership: Membership, offer: Offer, capacity: int, approved_on: date, *, coordinator: UUID, at: datetime
) -> MentorStanding:
    """Make a confirmed member a mentor by the coordinator's word, with what the sheet says of them."""
    memberships.refuse_own("standing", membership, coordinator, "vouch", membership.stage)
    if membership.stage != MembershipStage.ACTIVE:
        raise Impossible("membership", membership.stage, "vouch", Party.COORDINATOR)
    standing = MentorStanding(membership=membership, capacity=capacity, approved_on=approved_on, stage_since=at)
    standing.offer = MentorStanding.offer.seal(standing, offer.to_json())
    standing.save(force_insert=True)
    by = Party.COORDINATOR
    ledger.record("standing", standing.pk, "vouch", by=by, at=at, actor=coordinator, to=standing.stage)
    return standing
