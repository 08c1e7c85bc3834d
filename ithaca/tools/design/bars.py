"""Bars: a picture of pairs of numbers that is drawn on the server, needs no script and grows with the page.

Both bars of a line start at 0 and have the same scale. Their widths are shares of the picture's width, because in a
picture with a fixed inner width the words shrink on a phone until nobody can read them. Each bar says its number and
what it counts, so nothing depends on colour alone. Words in a picture can't wrap, so long names are cut there and
complete in the table that is beside every picture. Bars need no axes, so there is no chart library.
"""

from collections.abc import Iterable
from dataclasses import dataclass

ROW, BAR, GAP = 66, 16, 4
"""Heights: of a row, of a bar in it, and between its two bars."""
WIDEST = 60
"""The longest bar, in hundredths of the width: the rest is for its number."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its top, its width in hundredths as the picture writes it, and the words behind it."""

    kind: str
    top: int
    width: str
    words: str

    @property
    def baseline(self) -> int:
        return self.top + BAR - 3


@dataclass(frozen=True, slots=True)
class Row:
    """A heading and its bars."""

    words: str
    baseline: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A whole picture. `title` and `text` are read out in its place."""

    title: str
    text: str
    height: int
    rows: tuple[Row, ...]


def bars(title: str, text: str, rows: Iterable[tuple[str, list[tuple[str, int, str]]]], most: int = 0) -> Bars:
    """Lay out rows of (heading, bars), a bar being (kind, number, words).

    All share one scale that begins at 0 and ends with `most`, or with the greatest number where none is given.
    """
    given = list(rows)
    most = most or max((number for _, row in given for _, number, _ in row), default=0) or 1
    drawn = []
    for index, (words, row) in enumerate(given):
        top = index * ROW
        drawn.append(
            Row(
                words,
                top + 16,
                tuple(
                    Bar(kind, top + 22 + place * (BAR + GAP), f"{number * WIDEST / most:.4g}", said)
                    for place, (kind, number, said) in enumerate(row)
                ),
            )
        )
    return Bars(title, text, max(1, len(given)) * ROW, tuple(drawn))
