"""What someone says when they ask for a mentor, but for the story in their own words."""

import json
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Codes of `schemes.vocabulary`; empty where nothing was said. Kept as JSON, sealed for the server (T1s).

    `wants_near` is None when it does not matter. `prefers` is the standing of a mentor asked for by name, or of the one
    at `prefers_address`, which its author alone reads: whether it was anyone's is never told to them.
    """

    reasons: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    wants_near: bool | None = None
    prefers: UUID | None = None
    prefers_address: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True, default=str)

    @classmethod
    def from_json(cls, text: str) -> "Answers":
        """Read what `to_json` wrote."""
        given: dict[str, Any] = json.loads(text)
        lists = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
        return cls(**given | lists | {"prefers": UUID(given["prefers"]) if given.get("prefers") else None})


@dataclass(frozen=True, slots=True)
class EnquiryText:
    """The two-minute request: a first name, a safe way and time to reach its writer, one optional line (T2)."""

    first_name: str
    way: str
    reach_at: str
    good_time: str
    line: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "EnquiryText":
        """Read what `to_json` wrote."""
        return cls(**json.loads(text))
