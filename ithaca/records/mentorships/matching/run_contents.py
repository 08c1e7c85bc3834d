"""What a match run holds under its seals: the answer, the changes coordinators made in it, and what was proposed.

All of it is plain data, written as JSON under the server's key (T1s).
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ithaca.records.mentorships.pairing.queries.candidates import Part, Reason

Pair = tuple[UUID, UUID]
"""A request and the standing of a mentor."""


@dataclass(frozen=True, slots=True)
class MatchChange:
    """A change a coordinator made: pairs that are to be (`fixed`, `swapped`) or one that is not (`forbidden`)."""

    id: UUID
    kind: str
    pairs: tuple[Pair, ...]
    by: UUID

    def about(self, requests: Collection[UUID], standings: Collection[UUID]) -> bool:
        """Tell whether one of these requests or standings is in it."""
        return any(request in requests or standing in standings for request, standing in self.pairs)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A change that can no longer be kept, and why, as a coordinator may read it."""

    wish: MatchChange
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A request and the mentor proposed for it. `rows`: its parts as they are written, read when they are shown."""

    request: UUID
    standing: UUID
    since: date
    suits: int
    rows: tuple[tuple[str, int, int, tuple[str, ...]], ...]
    wished: bool

    @property
    def parts(self) -> tuple[Part, ...]:
        """What its suitability is the sum of."""
        return tuple(Part(name, points, of, frozenset(matched)) for name, points, of, matched in self.rows)


@dataclass(frozen=True, slots=True)
class Waiter:
    """A request that waits: how many mentors with room it could have, and how many each reason rules out."""

    request: UUID
    since: date
    possible: int
    against: tuple[tuple[Reason, int], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What an answer was made from, in marks: whoever has another mark now has changed.

    requests: the mark of each that waits. standings: free places and mark of each mentor. rules: of the scheme.
    """

    requests: Mapping[str, str]
    standings: Mapping[str, tuple[int, str]]
    rules: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The best match with the coordinators' changes in it.

    `proved`: none better exists, examined without the solver. `floor`, `fifth`, `longest`: the least suitability of a
    pair, its fifth percentile, the longest wait in days of those left out. `unreached`: mentors who have never signed
    in. `moved`: the mentor without the changes (None: none) of every request that has another with them.
    `cost`: what the changes cost all together, in points.
    """

    pairs: tuple[Proposal, ...]
    waiting: tuple[Waiter, ...]
    total: int
    bound: int
    proved: bool
    floor: int | None
    fifth: int | None
    longest: int | None
    unreached: int
    facts: Facts
    moved: Mapping[UUID, UUID | None] = field(default_factory=dict)
    cost: int = 0
    dropped: tuple[Dropped, ...] = ()

    @property
    def room(self) -> int:
        """How many places were free."""
        return sum(free for free, _mark in self.facts.standings.values())


@dataclass(frozen=True, slots=True)
class Said:
    """One pair that was ticked, and what became of it: `made`, or why not; empty while nobody has tried yet."""

    request: UUID
    standing: UUID
    press: UUID
    by: UUID
    said: str = ""
    reasons: tuple[Reason, ...] = ()


def answer_to_json(answer: Answer) -> str:
    found = {
        "pairs": [
            [
                str(one.request),
                str(one.standing),
                one.since.isoformat(),
                one.suits,
                one.rows,
                one.wished,
            ]
            for one in answer.pairs
        ],
        "waiting": [
            [str(one.request), one.since.isoformat(), one.possible, list(one.against)] for one in answer.waiting
        ],
        "facts": [answer.facts.requests, answer.facts.standings, answer.facts.rules],
        "moved": {str(request): str(was) if was else None for request, was in answer.moved.items()},
        "dropped": [[_plain(one.wish), one.reasons] for one in answer.dropped],
    }
    plain = ("total", "bound", "proved", "floor", "fifth", "longest", "unreached", "cost")
    return json.dumps(found | {name: getattr(answer, name) for name in plain}, sort_keys=True)


def answer_from_json(text: str) -> Answer:
    """Read what `answer_to_json` wrote."""
    found = json.loads(text)
    requests, standings, rules = found["facts"]
    return Answer(
        pairs=tuple(
            Proposal(UUID(request), UUID(standing), date.fromisoformat(since), suits, rows, wished)
            for request, standing, since, suits, rows, wished in found.pop("pairs")
        ),
        waiting=tuple(
            Waiter(
                UUID(request),
                date.fromisoformat(since),
                possible,
                tuple((Reason(why), count) for why, count in against),
            )
            for request, since, possible, against in found.pop("waiting")
        ),
        facts=Facts(requests, {pk: (free, mark) for pk, (free, mark) in standings.items()}, rules),
        moved={UUID(request): UUID(was) if was else None for request, was in found.pop("moved").items()},
        dropped=tuple(Dropped(_wish(wish), tuple(map(Reason, why))) for wish, why in found.pop("dropped")),
        **{name: value for name, value in found.items() if name != "facts"},
    )


def wishes_to_json(wishes: Iterable[MatchChange]) -> str:
    return json.dumps([_plain(wish) for wish in wishes])


def wishes_from_json(text: str) -> tuple[MatchChange, ...]:
    return tuple(_wish(wish) for wish in json.loads(text))


def outcome_to_json(said: Iterable[Said]) -> str:
    return json.dumps(
        [[str(s.request), str(s.standing), str(s.press), str(s.by), s.said, list(s.reasons)] for s in said]
    )


def outcome_from_json(text: str) -> tuple[Said, ...]:
    return tuple(
        Said(UUID(request), UUID(standing), UUID(press), UUID(by), said, tuple(map(Reason, why)))
        for request, standing, press, by, said, why in json.loads(text)
    )


def _plain(wish: MatchChange) -> list[Any]:
    return [str(wish.id), wish.kind, [[str(request), str(standing)] for request, standing in wish.pairs], str(wish.by)]


def _wish(plain: list[Any]) -> MatchChange:
    found, kind, pairs, by = plain
    return MatchChange(
        UUID(found), kind, tuple((UUID(request), UUID(standing)) for request, standing in pairs), UUID(by)
    )
