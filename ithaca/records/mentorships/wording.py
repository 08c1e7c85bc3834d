"""The words of an agreement: the scheme's clauses, and what the two made of them."""

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Clauses = Sequence[Mapping[str, str]]
"""A scheme's clauses: {"key", "heading", "text"} each, as an `AgreementTemplate` holds them."""


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
    """The text with the line ends of one kind and no space around it: a browser's line ends are no change."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def changed(clauses: Clauses, texts: Mapping[str, str]) -> dict[str, str]:
    """Of these texts, by clause key, those that differ from the scheme's. A clause that is not among them stays."""
    given = {clause["key"]: plain(texts.get(clause["key"], clause["text"])) for clause in clauses}
    return {clause["key"]: given[clause["key"]] for clause in clauses if given[clause["key"]] != plain(clause["text"])}


def in_full(clauses: Clauses, changes: Mapping[str, str]) -> dict[str, str]:
    """Every clause's text, by key, as the two have it."""
    return {clause["key"]: changes.get(clause["key"], plain(clause["text"])) for clause in clauses}


def to_json(changes: Mapping[str, str]) -> str:
    return json.dumps(changes, sort_keys=True)


def from_json(text: str) -> dict[str, str]:
    """Read what `to_json` wrote."""
    found: dict[str, str] = json.loads(text)
    return found


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """What differs between two texts, word by word; nothing when they are the same."""
    return () if plain(before) == plain(after) else tuple(_pieces(_words(plain(before)), _words(plain(after))))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for tag, i, j, k, m in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Change.KEPT, "".join(after[k:m]))
            continue
        if i < j:
            yield Piece(Change.REMOVED, "".join(before[i:j]))
        if k < m:
            yield Piece(Change.ADDED, "".join(after[k:m]))


def _words(text: str) -> list[str]:
    """Words and the space between them, apart, so that nothing is lost when they are joined."""
    return re.findall(r"\s+|[^\s]+", text)
