"""What a mentor offers: the structured answers of an application and of a standing."""

import json
from dataclasses import asdict, dataclass, fields

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A mentor's answers; every list holds codes of `schemes.vocabulary`.

    Fields:
        own_words: a few lines about themselves; read by the coordinator and by those who are offered them as a mentor.
        roles, topics: what they can be to someone, and what they know.
        reasons: the situations they have experience of.
        slots, ways, languages: when, how and in which languages they can meet.
    """

    own_words: str = ""
    roles: Codes = ()
    topics: Codes = ()
    reasons: Codes = ()
    slots: Codes = ()
    ways: Codes = ()
    languages: Codes = ()

    def to_json(self) -> str:
        """Return the text that is sealed."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Offer":
        """Read what `to_json` wrote."""
        found = json.loads(text)
        codes = {f.name: tuple(found.get(f.name, ())) for f in fields(cls) if f.name != "own_words"}
        return cls(own_words=found.get("own_words", ""), **codes)


NOTHING_YET = Offer()
