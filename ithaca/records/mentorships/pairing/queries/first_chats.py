"""Reading first chats."""

from datetime import datetime

from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.pairing.emails import first_chats
from ithaca.records.mentorships.rules.stages.pairing import IntroductionStage
from ithaca.records.stages import Party
from ithaca.tools.post import calendar
from ithaca.tools.post.outbox import Invitation


def file_for(introduction: Introduction, party: Party, at: datetime) -> Invitation | None:
    """Return the first chat as the newest email about it carried it.

    None while it has no time, or no longer has one.
    """
    if introduction.chat_at is None or introduction.stage != IntroductionStage.FIRST_CHAT:
        return None
    person = introduction.request.membership if party is Party.MENTEE else introduction.standing.membership
    return calendar.request(first_chats.appointment(introduction, person), at)
