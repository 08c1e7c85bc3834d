"""What comes next for someone: the cards of "My mentoring"."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from ithaca.records.mentorships.card import Card
from ithaca.records.mentorships.queries import next_steps, room_cards


def cards(person: UUID, at: datetime) -> list[Card]:
    """The cards of a person's requests, introductions and mentorships; what waits for them comes first."""
    found = [*next_steps.as_mentor(person), *next_steps.as_mentee(person), *room_cards.of_rooms(person, at)]
    return sorted(found, key=lambda card: card.who != _("You"))
