"""What a card of "My mentoring" holds; `queries/cards.py` gathers them."""

from dataclasses import dataclass
from datetime import date


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
