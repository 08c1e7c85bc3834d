"""What a private list holds: entries, and the names by which people are recognised in them."""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass, replace

Name = tuple[str, ...]
"""("email", address), ("name", first and last name, organisation code) or ("account", uuid)."""

_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Someone to keep away from: by email address, by name and organisation, or both.

    `accounts` holds the uuids of those who answered to it when it was made: a later change of address or practice
    does not undo it. It is never shown.
    """

    id: str
    name: str = ""
    organisation: str = ""
    practice: str = ""
    email: str = ""
    accounts: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[Name]:
        """Every name under which this entry recognises someone."""
        found: set[Name] = {("account", account) for account in self.accounts}
        if self.email:
            found.add(("email", self.email.lower()))
        if self.name and self.organisation:
            found.add(("name", plain_name(self.name), self.organisation))
        return frozenset(found)

    def recognising(self, accounts: tuple[str, ...]) -> "Entry":
        return replace(self, accounts=accounts)


def plain_name(name: str) -> str:
    """First and last name without accents, titles, capitals or signs: "Dr José O'Neill-Smith" is "jose oneillsmith"."""
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    words = [word for word in (re.sub(r"[^\w]", "", word) for word in letters.casefold().split()) if word]
    kept = [word for word in words if word not in _TITLES] or words
    return " ".join(kept if len(kept) < 3 else (kept[0], kept[-1]))


def to_json(entries: tuple[Entry, ...]) -> str:
    """Return the text that is sealed."""
    return json.dumps([asdict(entry) for entry in entries], sort_keys=True)


def from_json(text: str) -> tuple[Entry, ...]:
    """Read what `to_json` wrote."""
    return tuple(Entry(**{**entry, "accounts": tuple(entry["accounts"])}) for entry in json.loads(text))
