"""The words of an agreement: the scheme's clauses, and what the two made of them.

What they made is a mapping of clause keys to texts: a text that differs from the scheme's, an empty one for a clause
they leave out, and for a clause of their own (a key that begins with `OWN`) its heading on the first line.
"""

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Clauses = Sequence[Mapping[str, str]]
"""A scheme's clauses: {"key", "heading", "text"} each, as an `AgreementTemplate` holds them."""


ENOUGH_KEPT = 0.5
"""From this share of words on that stay, a difference is shown word by word."""
ALWAYS = ("confidential",)
"""The clauses that cannot be left out: where confidentiality ends holds whether or not it is written down."""
OWN = "own-"
"""How the key of a clause begins that the two have added."""


class State(StrEnum):
    """What the two made of a clause."""

    KEPT = "kept"
    CHANGED = "changed"
    ADDED = "added"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Row:
    """One clause as the two have it. `text` is empty when it is left out; `scheme_text` when it is their own."""

    key: str
    heading: str
    text: str
    scheme_text: str
    state: State


class Change(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, and whether it is kept, added or removed."""

    change: Change
    text: str


def plain(text: str) -> str:
    """Return the text with the line ends of one kind and no space around it: a browser's line ends are no change."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def changed(clauses: Clauses, texts: Mapping[str, str]) -> dict[str, str]:
    """Of these texts, by clause key, those that differ from the scheme's, and those of clauses of their own.

    A clause of the scheme's that is not among them stays; one of their own that is not, or is empty, is gone.
    """
    scheme = {clause["key"]: plain(clause["text"]) for clause in clauses}
    given = {key: plain(texts.get(key, text)) or (text if key in ALWAYS else "") for key, text in scheme.items()}
    own = {key: plain(text) for key, text in texts.items() if key.startswith(OWN) and plain(text)}
    return {key: text for key, text in given.items() if text != scheme[key]} | own


def rows(clauses: Clauses, changes: Mapping[str, str]) -> tuple[Row, ...]:
    """Every clause as a row: the scheme's in their order, then the two's own."""
    scheme = [_row(clause, changes.get(clause["key"])) for clause in clauses]
    return (*scheme, *(_own_row(key, changes[key]) for key in sorted(changes, key=_place) if key.startswith(OWN)))


def seen(clauses: Clauses, changes: Mapping[str, str]) -> dict[str, str]:
    """Every clause as someone saw it, by key: its heading on the first line, then its text."""
    return {row.key: own(row.heading, row.text) for row in rows(clauses, changes)}


def as_seen(kept: Mapping[str, str]) -> tuple[Row, ...]:
    """Read what `seen` made."""
    return tuple(_own_row(key, text) for key, text in kept.items())


def own(heading: str, text: str) -> str:
    """Return a clause of their own as it is stored: its heading on the first line."""
    return f"{' '.join(heading.split())}\n{plain(text)}"


def next_own(changes: Iterable[str]) -> str:
    """Return the key for one more clause of their own."""
    return f"{OWN}{1 + max((_place(key)[0] for key in changes if key.startswith(OWN)), default=0)}"


def _place(key: str) -> tuple[int, str]:
    number = key.removeprefix(OWN)
    return (int(number) if number.isascii() and number.isdecimal() else 0, key)


def _row(clause: Mapping[str, str], text: str | None) -> Row:
    scheme_text = plain(clause["text"])
    state = State.KEPT if text is None else State.CHANGED if text else State.LEFT_OUT
    return Row(clause["key"], clause["heading"], scheme_text if text is None else text, scheme_text, state)


def _own_row(key: str, kept: str) -> Row:
    heading, _line, text = kept.partition("\n")
    return Row(key, heading, text, "", State.ADDED)


def to_json(changes: Mapping[str, str]) -> str:
    return json.dumps(changes, sort_keys=True)


def from_json(text: str) -> dict[str, str]:
    """Read what `to_json` wrote."""
    found: dict[str, str] = json.loads(text)
    return found


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return what differs between two texts, word by word; nothing when they are the same."""
    return () if plain(before) == plain(after) else tuple(_pieces(_words(plain(before)), _words(plain(after))))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    """Return the runs of both texts.

    Where few words stay, one text after the other reads better than the two in one.
    """
    same = difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_matching_blocks()
    runs = [run for run in same if not "".join(before[run.a : run.a + run.size]).isspace()]
    words = sum(not word.isspace() for word in (*before, *after))
    kept = sum(not word.isspace() for run in runs for word in before[run.a : run.a + run.size])
    if 2 * kept < ENOUGH_KEPT * words:
        runs = runs[-1:]  # the one at the end of both, which is empty
    i = k = 0
    for run in runs:
        yield from _changed(before[i : run.a], after[k : run.b])
        i, k = run.a + run.size, run.b + run.size
        if run.size:
            yield Piece(Change.KEPT, "".join(after[run.b : k]))


def _changed(before: list[str], after: list[str]) -> Iterator[Piece]:
    if before:
        yield Piece(Change.REMOVED, "".join(before))
    if after:
        yield Piece(Change.ADDED, "".join(after))


def _words(text: str) -> list[str]:
    """Words and the space between them, apart, so that nothing is lost when they are joined."""
    return re.findall(r"\s+|[^\s]+", text)
