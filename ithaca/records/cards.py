"""What a card of "My mentoring" holds; `queries/cards.py` gathers them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Card:
    """What happens next, who must do it ("You", "Your mentor", "The coordinator"), and by when.

    `url_text` and `url` are the one way on; both empty when there is nothing to do but wait. Its words name nobody;
    `about` says which pair or scheme it is of several, and is only for the page of the person it belongs to.
    `on` is the day on which something happens, where that is not a day to do it by.
    """

    title: str
    body: str
    who: str
    by_when: date | None = None
    url: str = ""
    url_text: str = ""
    about: str = ""
    on: date | None = None


def about(scheme: str, first_name: str = "") -> str:
    """Which of several: the scheme, and the other person where they are known to each other."""
    return _("With %(name)s, %(scheme)s") % {"name": first_name, "scheme": scheme} if first_name else scheme


def soonest_first(cards: Iterable[Card]) -> list[Card]:
    """Theirs to do first, by its day, then what either may do, then what waits for others, then what is over."""
    mine, either = (_("You"),), (_("Either of you"), _("Both of you"))

    def order(card: Card) -> tuple[int, date]:
        whose = 0 if card.who in mine else 1 if card.who in either else 2 if card.by_when or card.on else 3
        return (whose if card.who else 4), card.by_when or card.on or date.max

    return sorted(cards, key=order)
