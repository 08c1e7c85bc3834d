"""Sheets as coordinators have them, of people who do not exist."""

from typing import Any
from uuid import UUID, uuid4

from ithaca.records.members.models import Organisation
from ithaca.records.mentorships.importing.actions import sheets
from ithaca.records.mentorships.importing.queries.sheets import matched_of
from ithaca.records.mentorships.models import Sheet
from ithaca.records.schemes.models import Scheme
from ithaca.tools.sheets.uploads import Table
from tests.cast import NOW, Cast

MEMBERS = ["Name", "Email", "ODS code", "Membership number", "Valid until"]
MENTORS = [*MEMBERS, "Roles", "Topics", "How many people"]
WAITING = [*MEMBERS, "Asked on", "What brings them", "Topics"]
PAIRS = ["Mentee's email", "Mentor's email", "Began on", "Sessions so far", "Asked on"]


def organisations(count: int) -> list[str]:
    """So many practices; their codes."""
    codes = [f"T{number:05}" for number in range(count)]
    Organisation.objects.bulk_create(Organisation(code=code, name=f"Practice {code}") for code in codes)
    return codes


def person(number: int, code: str) -> list[str]:
    return [f"Person {number}", f"p{number}@roster.example", code, f"S-{number}", "31/12/2027"]


def mentor(number: int, code: str) -> list[str]:
    return [
        *person(number, code),
        "Guide; Sounding board",
        "Money, contracts and claims, Leading and managing staff",
        "3",
    ]


def waiting(number: int, code: str, asked_on: str = "03/02/2026") -> list[str]:
    return [*person(number, code), asked_on, "I am new in post", "staff"]


def pair(
    mentee: int, mentor: int, *, began_on: str = "01/09/2026", sessions: str = "4", asked_on: str = ""
) -> list[str]:
    return [f"p{mentee}@roster.example", f"p{mentor}@roster.example", began_on, sessions, asked_on]


def uploaded(cast: Cast, kind: str, rows: list[list[str]], scheme: Scheme | None = None) -> Sheet:
    return sheets.upload(
        scheme or cast.scheme, kind, Table(rows), coordinator=cast.coordinator.pk, at=NOW, form=uuid4()
    )


def tried(cast: Cast, kind: str, rows: list[list[str]], scheme: Scheme | None = None) -> Sheet:
    """A sheet after its dry run, its headings as they were guessed."""
    sheet = uploaded(cast, kind, rows, scheme)
    sheets.check(sheet, matched_of(sheet), coordinator=cast.coordinator.pk, at=NOW, form=uuid4())
    return sheet


def brought(cast: Cast, kind: str, rows: list[list[str]], scheme: Scheme | None = None) -> Sheet:
    """A sheet that was brought over."""
    sheet = tried(cast, kind, rows, scheme)
    sheets.confirm(sheet, coordinator=cast.coordinator.pk, at=NOW, form=uuid4())
    sheets.run(sheet.pk)
    sheet.refresh_from_db()
    return sheet


def counts(sheet: Sheet) -> dict[str, Any]:
    return {name: getattr(sheet, name) for name in ("added", "changed", "unchanged", "broken")}


def form() -> UUID:
    return uuid4()
