"""What comes next for someone: the cards of "My mentoring"."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Card:
    """What happens next, who must do it ("You", "Your mentor", "The coordinator"), and by when.

    `url_text` and `url` are the one way on; both empty when there is nothing to do but wait. A card names nobody.
    """

    title: str
    body: str
    who: str
    by_when: date | None = None
    url: str = ""
    url_text: str = ""


def cards(person: UUID, at: datetime) -> list[Card]:
    """The cards of a person's requests, introductions and mentorships; what waits for them comes first."""
    return []
