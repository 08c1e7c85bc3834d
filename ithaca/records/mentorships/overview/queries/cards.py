"""What comes next for someone: the cards of "My mentoring"."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ithaca.records.cards import Card, soonest_first
from ithaca.records.mentorships.models import MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing.queries import request_cards
from ithaca.records.mentorships.room.queries import room_cards


def cards(
    person: UUID, requests: Sequence[MentoringRequest], rooms: Sequence[Mentorship], at: datetime, *, mentors: bool
) -> list[Card]:
    """Return the cards of a person's requests, introductions and mentorships, with what they can act on first.

    `mentors`: they are, or were, an approved mentor. Nobody else is asked to meet someone.
    """
    asked = request_cards.as_mentor(person) if mentors else []
    theirs = [*room_cards.next_steps(person, rooms, at), *room_cards.open_questions(person, rooms, at)]
    news = room_cards.unread_messages(person, rooms)
    return soonest_first([*asked, *request_cards.as_mentee(requests), *theirs, *news])
