"""Reading offers to mentor."""

from ithaca.records.members.models import MentorApplication, MentorStanding
from ithaca.records.members.offers import NOTHING_YET, Offer
from ithaca.tools.vault.keyless import open_for_server


def offer_of(row: MentorApplication | MentorStanding) -> Offer:
    """The answers of an application or a standing; empty when there are none yet."""
    if row.offer is None:
        return NOTHING_YET
    return Offer.from_json(open_for_server(row.offer.kind, row.pk, row.offer))
