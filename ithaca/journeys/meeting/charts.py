"""How the maps are drawn: islands, and ways between them that may be taken in any order."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from ithaca.records.mentorships.rules.maps import GROW, HELPER, Map, Place

SHAPES = (
    "M-116 -6C-116 -44 -74 -60 -26 -58S94 -60 112 -22S96 50 44 54S-116 36 -116 -6Z",
    "M-112 -16C-106 -52 -54 -58 -6 -60S110 -50 116 -8S84 58 30 57S-120 34 -112 -16Z",
)
"""Two coastlines around a middle of (0, 0), 240 wide and 125 high; each is also used mirrored and turned over."""
TURNS = ("1 1", "-1 1", "1 -1", "-1 -1")


@dataclass(frozen=True, slots=True)
class Island:
    """One place as it is drawn: its middle, its coast and how many notes stand there."""

    place: Place
    x: int
    y: int
    shape: str
    turn: str
    notes: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A map as it is drawn. `ways` are lines (x1, y1, x2, y2); `parts` are headings with their middle."""

    width: int
    height: int
    islands: tuple[Island, ...]
    ways: tuple[tuple[int, int, int, int], ...]
    parts: tuple[tuple[str, int], ...]


_MIDDLES = {
    GROW.code: ((190, 90), (530, 104), (180, 280), (540, 292)),
    HELPER.code: tuple(
        (140 + 280 * (number // 3), 116 + 146 * (number % 3) + 14 * (number // 3 % 2)) for number in range(9)
    ),
}
_SIZES = {GROW.code: (720, 370), HELPER.code: (840, 496)}


def drawn(chosen: Map, notes: Mapping[str, int]) -> Chart:
    """Draw a map with the number of notes at each place, by its code."""
    middles = _MIDDLES[chosen.code]
    islands = [
        Island(place, x, y, SHAPES[number % 2], TURNS[number % 4], notes.get(place.code, 0))
        for number, (place, (x, y)) in enumerate(zip(chosen.places, middles, strict=True))
    ]
    near = [(a, b) for a, b in combinations(middles, 2) if abs(a[0] - b[0]) < 400 and abs(a[1] - b[1]) < 220]
    parts = {str(place.part): x for place, (x, _y) in zip(chosen.places, middles, strict=True) if place.part}
    width, height = _SIZES[chosen.code]
    return Chart(width, height, tuple(islands), tuple((*a, *b) for a, b in near), tuple(parts.items()))
