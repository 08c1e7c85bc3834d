"""Why these two, and not the others: what is frozen on an introduction when it is made, and how it is read again."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from uuid import UUID

from ithaca.records.mentorships.pairing.queries.candidates import Candidate, Candidates, Reason

IN_THE_OPEN = frozenset(
    {
        Reason.OTHER_SCHEME,
        Reason.SAME_PERSON,
        Reason.SAME_ORGANISATION,
        Reason.SAME_PCN,
        Reason.SAME_SUB_ICB,
        Reason.SAME_ICB,
        Reason.AREA_NOT_KNOWN,
        Reason.OTHER_PROFESSION,
        Reason.PROFESSION_NOT_SERVED,
        Reason.DECLINED,
    }
)
"""Reasons that follow from what a coordinator sees of both people anyway. All others look alike (docs/adr/0069)."""


@dataclass(frozen=True, slots=True)
class Others:
    """The other mentors, as they were.

    `refused`: how many each reason ruled out, `not_available` for all that isn't in the open. `fitting`: how many more
    fitted. `runner_up` is the standing of the best suited of those, and `ahead` by how many points the chosen one suits
    better: below zero if somebody suited better.
    """

    refused: tuple[tuple[str, int], ...]
    fitting: int
    runner_up: UUID | None
    ahead: int

    def to_json(self) -> str:
        return json.dumps(asdict(self) | {"runner_up": str(self.runner_up or "")}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Others":
        found = json.loads(text)
        refused = tuple((str(code), int(count)) for code, count in found["refused"])
        runner_up = UUID(found["runner_up"]) if found["runner_up"] else None
        return cls(refused, int(found["fitting"]), runner_up, int(found["ahead"]))


def others(found: Candidates, chosen: Candidate) -> Others:
    """Everyone but the chosen one, as `matching.candidates` found them."""
    rest = [row for row in found.eligible if row.standing.pk != chosen.standing.pk]
    refused = [row for row in found.refused if row.standing.pk != chosen.standing.pk]
    counts = Counter(code for row in refused for code in told(row.reasons))
    return Others(
        refused=tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
        fitting=len(rest),
        runner_up=rest[0].standing.pk if rest else None,
        ahead=chosen.suitability.total - rest[0].suitability.total if rest else 0,
    )


def told(against: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the reasons that a mentor may be named with; `NOT_AVAILABLE` alone if none is in the open."""
    return tuple(reason for reason in against if reason in IN_THE_OPEN) or (Reason.NOT_AVAILABLE,)
