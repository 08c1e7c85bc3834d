"""Rosters for the tests: seeded pools of any size, and the spreadsheets a coordinator would have of them."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from matchmaker import Mentee, Mentor
from matchmaker.roster import Roster

TODAY = date(2026, 11, 2)
ROLES = ["guide", "confidant", "role_model", "friend", "sounding_board", "challenger", "coach", "reflector"]
TOPICS = ["money", "people", "premises", "inspection", "digital", "merger", "complaints", "staffing", "rota", "cqc"]
SITUATIONS = ["new_post", "merger", "complaint", "return", "conflict"]
TIMES = [f"{day}-{half}" for day in ("mon", "tue", "wed", "thu", "fri") for half in ("am", "pm")]
WAYS = ["phone", "video", "in_person"]


def pool(mentees: int, mentors: int, seed: int = 1) -> Roster:
    """A plausible roster: a fifth of it kept apart by organisation, conflict, exclusion or time."""
    pick = random.Random(seed)

    def some(codes: list[str], most: int) -> frozenset[str]:
        return frozenset(pick.sample(codes, pick.randint(0, min(most, len(codes)))))

    def person(kind: str, k: int) -> dict:
        practice = pick.randint(1, 40)
        return {
            "id": f"{kind}{k}",
            "member": f"{kind}{k}",
            "scheme": "scheme",
            "profession": pick.choice(["manager", "gp", "nurse"]),
            "organisation": pick.choice([None, f"A810{practice:02}"]),
            "pcn": f"U{practice // 4}",
            "sub_icb": f"S{practice // 8}",
            "icb": f"Q{practice // 16}",
            "region": "Y56",
            "situations": some(SITUATIONS, 3),
            "topics": some(TOPICS, 5),
            "slots": some(TIMES, 5),
            "ways": some(WAYS, 3),
            "languages": some(["cy", "ur", "pl"], 1),
            "conflicts": frozenset(f"{other}{pick.randint(0, 30)}" for other in "em" if pick.random() < 0.1),
            "known_as": frozenset({f"{kind}{k}"}),
            "shuns": frozenset({f"m{pick.randint(0, 30)}"}) if pick.random() < 0.1 else frozenset(),
        }

    return Roster(
        tuple(
            Mentee(
                **person("e", k),
                asked_on=TODAY - timedelta(days=pick.randint(0, 200)),
                wants=some(ROLES, 4),
                prefers=(f"m{pick.randrange(mentors)}",) if mentors and pick.random() < 0.15 else (),
                wants_near=pick.random() < 0.3,
            )
            for k in range(mentees)
        ),
        tuple(
            Mentor(
                **person("m", k),
                offers=some(ROLES, 6),
                serves=some(["manager", "gp", "nurse"], 3),
                capacity=pick.randint(0, 3),
            )
            for k in range(mentors)
        ),
    )


def write(roster: Roster, folder: Path) -> tuple[Path, Path]:
    """The roster as mentees.csv and mentors.csv."""
    files = folder / "mentees.csv", folder / "mentors.csv"
    for path, people in zip(files, (roster.mentees, roster.mentors), strict=True):
        rows = [_row(person, roster) for person in people]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys() if rows else ["id", "profession", "asked_on", "places"])
            writer.writeheader()
            writer.writerows(rows)
    return files


def _row(person: Mentee | Mentor, roster: Roster) -> dict[str, str]:
    def codes(some: frozenset[str]) -> str:
        return "; ".join(sorted(some))

    row = {
        name: getattr(person, name) or ""
        for name in ("id", "member", "profession", "organisation", "pcn", "sub_icb", "icb", "region")
    }
    row |= {name: codes(getattr(person, name)) for name in ("situations", "topics", "ways", "languages", "conflicts")}
    row |= {"times": codes(person.slots), "keeps_away_from": codes(person.shuns)}
    if isinstance(person, Mentor):
        away = person.away.value if person.away else ""
        return row | {
            "places": str(person.capacity),
            "offers": codes(person.offers),
            "serves": codes(person.serves),
            "away": away,
        }

    def settled(pairs: frozenset[tuple[str, str]]) -> str:
        return codes(frozenset(mentor for mentee, mentor in pairs if mentee == person.id))

    return row | {
        "asked_on": person.asked_on.isoformat(),
        "wants": codes(person.wants),
        "prefers": "; ".join(person.prefers),
        "near": "yes" if person.wants_near else "",
        "declined": codes(person.declined),
        "current_mentor": settled(roster.kept),
        "fixed_mentor": settled(roster.fixed),
        "not_with": settled(roster.forbidden),
    }
