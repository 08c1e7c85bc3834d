"""A scheme's rules for matching, as data: which rules are hard, what each part weighs, how waiting counts.

The aims stand in a fixed order (as in the UK's kidney exchange): hard rules, then the floor, then waiting, then total
suitability, then a tie-break by persistent ids. All numbers are whole points, so no rounding ever enters a total.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

HARDENABLE = frozenset({"pcn", "sub_icb", "icb", "profession"})
"""Rules that only weigh unless a scheme makes them hard: be apart in these areas, be of the same profession."""

MOST_POINTS = 100_000
"""No single number of a policy may pass this, so that the value of a pair always fits 32 bits."""


class PolicyError(ValueError):
    """A policy that cannot be used; `errors` says everything that is wrong with it, not only the first thing."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The most points each part of suitability can give."""

    asked: int = 200
    roles: int = 300
    situations: int = 240
    topics: int = 240
    times: int = 80
    ways: int = 40
    languages: int = 60
    profession: int = 60
    near: int = 90
    apart: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How one scheme matches. `version` is frozen on every answer the policy decided.

    `hard`: members of HARDENABLE that the scheme makes hard. `floor`: the suitability under which no pair is made.
    `matched`: points for being matched at all; `waiting_per_day`, up to `waiting_cap`: points for each day waited.
    Both are the same for every mentor, so they decide who has to wait and never who goes with whom. `keep`: points for
    leaving together two people an earlier answer brought together. `enough_times`, `enough_ways`: how many times and
    ways in common earn all the points of that part.
    """

    version: str = "standard-1"
    hard: frozenset[str] = frozenset()
    weights: Weights = field(default_factory=Weights)
    enough_times: int = 4
    enough_ways: int = 2
    floor: int = 0
    matched: int = 400
    waiting_per_day: int = 2
    waiting_cap: int = 730
    keep: int = 50

    def waiting(self, days: int) -> int:
        """Return the points for having waited `days` days. A date still to come counts as none."""
        return min(self.waiting_cap, self.waiting_per_day * max(0, days))

    def as_mapping(self) -> dict[str, Any]:
        """Return the policy as plain data (JSON, TOML). `from_mapping` reads it back unchanged."""
        return asdict(self) | {"hard": sorted(self.hard)}

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> "Policy":
        """Make the policy that `given` describes. What it leaves out keeps its default.

        Raises PolicyError naming every unknown key, wrong type and number out of range at once.
        """
        errors: list[str] = []
        numbers = {f.name: _LEAST.get(f.name, 0) for f in fields(cls) if f.name not in {"version", "hard", "weights"}}
        weights = given.get("weights", {})
        if not isinstance(weights, Mapping):
            errors.append("weights: must be a table of names and points")
            weights = {}
        hard = given.get("hard", [])
        if not isinstance(hard, list | tuple | set | frozenset) or not all(isinstance(rule, str) for rule in hard):
            errors.append("hard: must be a list of rules")
            hard = []
        errors += [
            f"hard: {rule!r} is not a rule; known: {', '.join(sorted(HARDENABLE))}"
            for rule in sorted(set(hard) - HARDENABLE)
        ]
        version = given.get("version", cls().version)
        if not isinstance(version, str) or not version.strip():
            errors.append("version: must be a text that is not empty")
        errors += _faults("", {k: v for k, v in given.items() if k not in {"version", "hard", "weights"}}, numbers)
        errors += _faults("weights.", weights, {f.name: 0 for f in fields(Weights)})
        if errors:
            raise PolicyError(errors)
        return cls(
            version=version,
            hard=frozenset(hard),
            weights=Weights(**weights),
            **{name: given[name] for name in numbers if name in given},
        )


_LEAST = {"enough_times": 1, "enough_ways": 1, "matched": 1}


def _faults(prefix: str, given: Mapping[str, Any], least: Mapping[str, int]) -> list[str]:
    """List what is wrong with a table of whole numbers, given the least value of each known name."""
    faults = []
    for name, value in given.items():
        if name not in least:
            faults.append(f"{prefix}{name}: not known; known: {', '.join(least)}")
        elif isinstance(value, bool) or not isinstance(value, int):
            faults.append(f"{prefix}{name}: must be a whole number, not {value!r}")
        elif not least[name] <= value <= MOST_POINTS:
            faults.append(f"{prefix}{name}: must be from {least[name]} to {MOST_POINTS}, not {value}")
    return faults
