"""Reading what mentors offer."""

from uuid import UUID

from ithaca.records.members.models import Membership, MentorApplication, MentorStanding
from ithaca.records.members.offers import NOTHING_YET, Offer


def offer_of(row: MentorApplication | MentorStanding) -> Offer:
    """Return the answers of an application or a standing; empty when there are none yet."""
    standing = isinstance(row, MentorStanding)
    text = MentorStanding.offer.unseal(row) if standing else MentorApplication.offer.unseal(row)
    return Offer.from_json(text) if text else NOTHING_YET


def offers_of(person: UUID) -> list[MentorApplication | MentorStanding]:
    """Return a person's offers in all their schemes: the standing where there is one, otherwise the application."""
    members = Membership.objects.filter(user=person).select_related("standing", "application")
    return [offer for member in members if (offer := _offer_of(member))]


def _offer_of(member: Membership) -> MentorApplication | MentorStanding | None:
    return getattr(member, "standing", None) or getattr(member, "application", None)
