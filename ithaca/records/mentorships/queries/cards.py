"""What comes next for someone: the cards of "My mentoring"."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ithaca.records.mentorships.card import Card, soonest_first
from ithaca.records.mentorships.models import MentoringRequest, Mentorship
from ithaca.records.mentorships.queries import next_steps, room_cards, room_news, room_questions


def cards(
    person: UUID, requests: Sequence[MentoringRequest], rooms: Sequence[Mentorship], at: datetime, *, mentors: bool
) -> list[Card]:
    """The cards of a person's requests, introductions and mentorships; what waits for them comes first.

    `mentors`: they are, or were, an approved mentor. Nobody else is asked to meet someone.
    """
    asked = next_steps.as_mentor(person) if mentors else []
    theirs = [*room_cards.of_rooms(person, rooms, at), *room_questions.of_rooms(person, rooms, at)]
    news = room_news.of_rooms(person, rooms)
    return soonest_first([*asked, *next_steps.as_mentee(requests), *theirs, *news])
