"""Offering to mentor: what the member does."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ithaca.records import moves
from ithaca.records.members.emails import mentoring as emails
from ithaca.records.members.emails.addressing import coordinators
from ithaca.records.members.models import Membership, MentorApplication, MentorStanding
from ithaca.records.members.offers import NOTHING_YET, Offer
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.queues import WORKING_DAYS_TO_ANSWER
from ithaca.records.stages import Impossible, Party
from ithaca.records.times import working_days_after

WANTED = ("own_words", "roles", "topics", "slots", "ways", "languages")
"""What an offer cannot be sent without: the match needs it, and so does whoever is to choose."""


class Incomplete(Exception):
    """Questions are still open; `fields` names them."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


def begin(membership: Membership, *, at: datetime) -> MentorApplication:
    """Return the member's offer, or begin one. Raises Impossible unless they are an active member."""
    if membership.stage != "active":
        raise Impossible("membership", membership.stage, "offer", Party.MEMBER)
    application, _ = MentorApplication.objects.get_or_create(membership=membership, defaults={"stage_since": at})
    return application


@transaction.atomic
def answer(application: MentorApplication, *, capacity: int | None = None, **answers: Any) -> None:
    """Keep the answers of one page; fields of `Offer`, and the capacity. Raises Impossible once it has been sent."""
    stands = MentorApplication.objects.select_for_update().get(pk=application.pk)
    if not stands.may("submit", Party.MEMBER):
        raise Impossible("application", stands.stage, "answer", Party.MEMBER)
    offer = replace(offer_of(stands), **answers)
    application.offer = MentorApplication.offer.seal(application, offer.to_json())
    application.capacity = stands.capacity if capacity is None else capacity
    application.save(update_fields=["offer", "capacity"])


def missing(offer: Offer) -> list[str]:
    """The fields that an offer still needs."""
    return [name for name in WANTED if getattr(offer, name) == getattr(NOTHING_YET, name)]


@transaction.atomic
def submit(application: MentorApplication, *, at: datetime, form: UUID | None) -> None:
    """Send the offer to the coordinators, for the first time or improved. Raises Incomplete."""
    application.refresh_from_db(from_queryset=MentorApplication.objects.select_for_update())
    if open_questions := missing(offer_of(application)):
        raise Incomplete(open_questions)
    membership = application.membership
    by = working_days_after(at.date(), WORKING_DAYS_TO_ANSWER)
    to = coordinators(membership.scheme, but=membership.user_id)
    moves.move(
        application,
        "submit",
        Party.MEMBER,
        at=at,
        actor=membership.user_id,
        form=form,
        letters=[emails.offer_arrived(membership, by), *(emails.offer_to_check(one, membership, by) for one in to)],
        submitted_at=at,
        to_improve=[],
    )


@transaction.atomic
def revise(standing: MentorStanding, offer: Offer, capacity: int) -> None:
    """Change an approved offer. People who are already with the mentor stay, whatever the new capacity."""
    stands = MentorStanding.objects.select_for_update().get(pk=standing.pk)
    if stands.stage in ("retired", "suspended"):
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
    _step(standing, "go_on_leave", at, form)


def come_back(standing: MentorStanding, *, at: datetime, form: UUID | None) -> None:
    _step(standing, "come_back", at, form)


def retire(standing: MentorStanding, *, at: datetime, form: UUID | None) -> None:
    """Stop mentoring in this scheme. Running mentorships may finish."""
    _step(standing, "retire", at, form)


def _step(standing: MentorStanding, act: str, at: datetime, form: UUID | None) -> None:
    moves.move(standing, act, Party.MEMBER, at=at, actor=standing.membership.user_id, form=form)
