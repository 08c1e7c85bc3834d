"""Rosters in files: the columns a spreadsheet of mentees and one of mentors have, read with every fault at once."""

import csv
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from matchmaker.people import Away, Mentee, Mentor
from matchmaker.policy import Policy, PolicyError
from matchmaker.roster import Pair, Roster
from matchmaker.sheets import Fault, Row, SheetError, table, whole

ABOUT = {
    "id": "a code for this person, never a name; it must not change (E14)",
    "profession": "manager, gp, nurse …",
    "member": "the same code in both files for someone who is in both (left empty: the id)",
    "organisation": "ODS code of the practice",
    "pcn": "code of the primary care network",
    "sub_icb": "code of the sub-ICB location",
    "icb": "code of the integrated care board",
    "region": "code of the region",
    "situations": "what they face, or have been through: new post; merger",
    "topics": "what to talk about: money; people",
    "times": "mon-am; tue-pm",
    "ways": "phone; video; in person",
    "languages": "besides English",
    "line_manager": "members or practices this person is managed by",
    "partners": "members or practices this person is a partner of",
    "conflicts": "other members or practices this person is not independent of",
    "keeps_away_from": "members this person would rather not meet",
}
OF_MENTEES = {
    "asked_on": "the day they asked: 2026-11-02",
    "wants": "roles hoped for: guide; sounding board",
    "prefers": "ids of the mentors asked for by name, the most wanted first",
    "near": "yes, if someone close by is wanted",
    "declined": "ids of mentors with whom it did not work out",
    "current_mentor": "id of the mentor they already have, to be kept if that is best",
    "fixed_mentor": "id of the mentor they are to have, whatever else",
    "not_with": "ids of mentors they are not to have",
}
OF_MENTORS = {
    "places": "how many more mentees they can take: 2",
    "offers": "roles offered: guide; challenger",
    "serves": "professions they mentor (left empty: any)",
    "away": "left empty, or one of: " + ", ".join(Away),
}
REQUIRED = ("id", "profession")
MOST_PLACES = 1000
SCHEME = "scheme"

Found = TypeVar("Found")


def read_roster(mentees: Path, mentors: Path) -> Roster:
    """Read a roster from two files. Raises SheetError with everything that is wrong in either."""
    faults: list[Fault] = []
    mentor_rows = table(mentors, (*REQUIRED, "places"), (*ABOUT, *OF_MENTORS), faults)
    mentee_rows = table(mentees, (*REQUIRED, "asked_on"), (*ABOUT, *OF_MENTEES), faults)
    offers = [_mentor(_Reader(mentors, row, faults)) for row in mentor_rows]
    known = {mentor.id for mentor in offers}
    asks: list[Mentee] = []
    settled: dict[str, set[Pair]] = {"kept": set(), "fixed": set(), "forbidden": set()}
    for row in mentee_rows:
        reader = _Reader(mentees, row, faults)
        mentee = _mentee(reader, known)
        asks.append(mentee)
        settled["kept"] |= {(mentee.id, mentor) for mentor in reader.codes("current_mentor")}
        settled["fixed"] |= {(mentee.id, mentor) for mentor in reader.known("fixed_mentor", known)}
        settled["forbidden"] |= {(mentee.id, mentor) for mentor in reader.codes("not_with")}
    faults += _repeated(mentors, mentor_rows) + _repeated(mentees, mentee_rows)
    if faults:
        raise SheetError(sorted(faults, key=lambda fault: (fault.file, fault.row)))
    return Roster(tuple(asks), tuple(offers), **{name: frozenset(pairs) for name, pairs in settled.items()})


def read_policy(path: Path | None) -> Policy:
    """Read a policy from a TOML file, or take the standard one. Raises SheetError with everything that is wrong."""
    if path is None:
        return Policy()
    try:
        return Policy.from_mapping(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        faults = [f"cannot be read: {error.strerror}"]
    except UnicodeDecodeError:
        faults = ["is not text in UTF-8"]
    except tomllib.TOMLDecodeError as error:
        faults = [f"is not TOML: {error}"]
    except PolicyError as error:
        faults = list(error.errors)
    raise SheetError([Fault(str(path), 0, "", fault) for fault in faults])


def write_templates(mentees: Path, mentors: Path) -> None:
    """Write two CSV files to start from: the columns, and under each, in a row that is skipped, what it is for."""
    for path, required, more in ((mentees, "asked_on", OF_MENTEES), (mentors, "places", OF_MENTORS)):
        columns = {**{name: ABOUT[name] for name in REQUIRED}, required: more[required], **ABOUT, **more}
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([columns.keys(), ["# " + columns["id"], *list(columns.values())[1:]]])


class _Reader:
    """The cells of one row, each read as what it should be; a fault is noted and something harmless returned."""

    def __init__(self, path: Path, row: Row, faults: list[Fault]) -> None:
        self.path, self.row, self.faults = path, row, faults

    def text(self, column: str) -> str:
        return self.row.cells[column]

    def needed(self, column: str) -> str:
        if not self.text(column):
            self.fault(column, "is empty")
        return self.text(column)

    def words(self, column: str) -> frozenset[str]:
        """Read the scheme's own codes, however they are written: "In person" is in_person."""
        return frozenset("_".join(part.lower().split()) for part in self._parts(column))

    def codes(self, column: str) -> frozenset[str]:
        """Read ids, as they are."""
        return frozenset(self._parts(column))

    def known(self, column: str, ids: set[str]) -> frozenset[str]:
        """Read at most one id, which must be among the given."""
        given = frozenset(self.order(column, ids))
        if len(given) > 1:
            self.fault(column, "names more than one mentor")
        return given

    def order(self, column: str, ids: set[str]) -> tuple[str, ...]:
        """Read ids in order, each once and among the given. If none are given, their file couldn't be read."""
        given = self._parts(column)
        for ident, times in Counter(given).items():
            if ids and ident not in ids:
                self.fault(column, f"{ident!r} is not the id of a mentor")
            if times > 1:
                self.fault(column, f"names {ident!r} more than once")
        return tuple(dict.fromkeys(given))

    def read(self, column: str, how: Callable[[str], Found], instead: Found) -> Found:
        try:
            return how(self.text(column))
        except ValueError as error:
            self.fault(column, str(error))
            return instead

    def fault(self, column: str, what: str) -> None:
        self.faults.append(Fault(str(self.path), self.row.number, column, what))

    def _parts(self, column: str) -> list[str]:
        return [part for part in (raw.strip() for raw in self.text(column).replace(",", ";").split(";")) if part]


def _person(reader: _Reader) -> dict[str, Any]:
    member = reader.text("member") or reader.text("id")
    return {
        "id": reader.needed("id"),
        "member": member,
        "scheme": SCHEME,
        "profession": "_".join(reader.needed("profession").lower().split()),
        **{name: reader.text(name).upper() or None for name in ("organisation", "pcn", "sub_icb", "icb", "region")},
        **{name: reader.words(name) for name in ("situations", "topics", "ways", "languages")},
        "slots": reader.words("times"),
        **{name: _members(reader.codes(name)) for name in ("line_manager", "partners", "conflicts")},
        "shuns": reader.codes("keeps_away_from"),
        "known_as": frozenset({member}),
    }


def _members(codes: frozenset[str]) -> frozenset[str]:
    """Return the codes of members as they are, and in capitals as practices have them."""
    return codes | {code.upper() for code in codes}


def _mentee(reader: _Reader, mentors: set[str]) -> Mentee:
    return Mentee(
        **_person(reader),
        asked_on=reader.read("asked_on", _day, date.min),
        wants=reader.words("wants"),
        prefers=reader.order("prefers", mentors),
        wants_near=reader.read("near", _yes, False),
        declined=reader.codes("declined"),
    )


def _mentor(reader: _Reader) -> Mentor:
    return Mentor(
        **_person(reader),
        offers=reader.words("offers"),
        serves=reader.words("serves"),
        capacity=reader.read("places", lambda text: whole(text, 0, MOST_PLACES), 0),
        away=reader.read("away", _away, None),
    )


def _day(text: str) -> date:
    """Read a day written as 2026-11-02, or in the British way as 2/11/2026."""
    try:
        if "/" in text:
            day, month, year = (int(part) for part in text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day; write 2026-11-02 or 02/11/2026") from None


def _yes(text: str) -> bool:
    known = {"": False, "no": False, "n": False, "false": False, "yes": True, "y": True, "true": True}
    if text.lower() not in known:
        raise ValueError(f"{text!r} is neither yes nor no")
    return known[text.lower()]


def _away(text: str) -> Away | None:
    try:
        return Away("_".join(text.lower().split())) if text else None
    except ValueError:
        raise ValueError(f"{text!r} is not known; left empty, or one of: {', '.join(Away)}") from None


def _repeated(path: Path, rows: list[Row]) -> list[Fault]:
    seen: dict[str, int] = {}
    faults = []
    for row in rows:
        ident = row.cells["id"]
        if ident and seen.setdefault(ident, row.number) != row.number:
            faults.append(Fault(str(path), row.number, "id", f"{ident!r} is already in row {seen[ident]}"))
    return faults
