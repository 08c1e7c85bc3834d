"""A coordinator's spreadsheet: taken in sealed, its headings matched, tried without writing, then taken row by row.

Nothing is written before the coordinator confirms, and nobody is told of anything by it. Every row goes through the
acts that its own page uses. The same file twice changes nothing.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from ithaca.records import moves
from ithaca.records.members.actions import memberships
from ithaca.records.members.actions.memberships import Unready
from ithaca.records.mentorships.importing import faults, known
from ithaca.records.mentorships.importing.actions.pairs import NoPlace
from ithaca.records.mentorships.importing.actions.rows import take
from ithaca.records.mentorships.importing.cells import plain
from ithaca.records.mentorships.importing.changes import altered
from ithaca.records.mentorships.importing.columns import columns_of
from ithaca.records.mentorships.importing.entries import Entry
from ithaca.records.mentorships.importing.faults import Fault
from ithaca.records.mentorships.importing.headings import guess, heading_row
from ithaca.records.mentorships.importing.queries.sheets import (
    changes_of,
    entries_of,
    faults_of,
    matched_of,
    memory_of,
    table_of,
)
from ithaca.records.mentorships.importing.verdicts import Verdict, judge
from ithaca.records.mentorships.models import Sheet, SheetHeadings
from ithaca.records.mentorships.pairing.actions.requests import CannotAsk, Incomplete
from ithaca.records.mentorships.rules.stages.importing import SheetAct, SheetStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Impossible, Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox
from ithaca.tools.sheets.uploads import Table
from ithaca.tools.vault.sealed import Sealed

KEPT = timedelta(days=7)
"""How long a sheet's rows are kept, sealed, when nobody does anything with them."""
AT_ONCE = 25
"""So many rows are one transaction: short enough for others to get in between, and nothing is half done."""
CHANGES_KEPT = 500
"""So many changes of a sheet are told one by one."""
DROPPED: dict[str, Any] = {"rows": None, "matched": None}
_TOO_LATE = (
    Impossible,
    memberships.Incomplete,
    Unready,
    Incomplete,
    CannotAsk,
    NoPlace,
    ChangedMeanwhile,
    ledger.Reused,
)


class NothingToDo(Exception):
    """No row of the sheet would change anything."""


@transaction.atomic
def upload(scheme: Scheme, kind: str, table: Table, *, coordinator: UUID, at: datetime, form: UUID) -> Sheet:
    """Keep a sheet, sealed, with a guess at what its headings mean. A second press finds the first one's."""
    Scheme.objects.select_for_update().get(pk=scheme.pk)  # so that one press follows the other
    made = Sheet.objects.filter(pk=form).first()
    if made is not None:
        if (made.scheme_id, made.made_by) != (scheme.pk, coordinator):
            raise ledger.Reused("upload")
        return made
    columns, memory = columns_of(kind, scheme), memory_of(scheme, kind)
    head = heading_row(table.rows, columns, memory)
    sheet = Sheet(id=form, scheme=scheme, kind=kind, made_by=coordinator, made_at=at, stage_since=at)
    sheet.rows = Sheet.rows.seal(sheet, json.dumps({"head": head, "rows": table.rows}))
    sheet.matched = _sealed_match(sheet, guess(table.rows[head], columns, memory))
    sheet.total = sum(any(row) for row in table.rows[head + 1 :])
    sheet.save(force_insert=True)
    ledger.record("sheet", form, "upload", by=Party.COORDINATOR, at=at, actor=coordinator, to=sheet.stage)
    return sheet


@transaction.atomic
def check(sheet: Sheet, matched: Sequence[str], *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Say what each column is, remember it for the scheme, and try every row without writing anything."""
    entries = entries_of(sheet, matched)
    stands = known.load(sheet.kind, sheet.scheme, entries, coordinator, timezone.localdate(at))
    found = [judge(sheet.kind, entry, stands) for entry in entries]
    verdicts = [one.verdict for one in found]
    changes = [change for entry, one in zip(entries, found, strict=True) for change in altered(entry, one, stands)]
    _remember(sheet, matched)
    moves.move(
        sheet,
        SheetAct.CHECK,
        Party.COORDINATOR,
        at=at,
        actor=coordinator,
        form=form,
        matched=_sealed_match(sheet, matched),
        faults=_sealed_faults(sheet, [fault for entry in entries for fault in entry.faults], changes[:CHANGES_KEPT]),
        total=len(entries),
        broken=verdicts.count(Verdict.BROKEN),
        added=verdicts.count(Verdict.NEW),
        changed=verdicts.count(Verdict.CHANGED),
        unchanged=verdicts.count(Verdict.UNCHANGED),
    )


@transaction.atomic
def confirm(sheet: Sheet, *, coordinator: UUID, at: datetime, form: UUID | None) -> bool:
    """Take in the good rows, in the background. Whoever confirms it vouches for them. Raises NothingToDo."""
    sheet.refresh_from_db(from_queryset=Sheet.objects.select_for_update())
    if sheet.stage == SheetStage.CHECKED and not (sheet.added or sheet.changed):
        raise NothingToDo
    counted: dict[str, Any] = {"added": 0, "changed": 0, "unchanged": 0, "done": 0, "made_by": coordinator}
    if not moves.move(sheet, SheetAct.CONFIRM, Party.COORDINATOR, at=at, actor=coordinator, form=form, **counted):
        return False
    transaction.on_commit(lambda: take_in.enqueue(str(sheet.pk)))
    return True


def set_aside(sheet: Sheet, by: Party, *, coordinator: UUID | None, at: datetime, form: UUID | None) -> None:
    """Do nothing with the sheet, and destroy what it held."""
    moves.move(sheet, SheetAct.SET_ASIDE, by, at=at, actor=coordinator, form=form, faults=None, **DROPPED)


@task()
def take_in(sheet: str) -> None:
    """Take a confirmed sheet in. One that was cut short goes on where it stopped."""
    run(UUID(sheet))


def run(pk: UUID) -> None:
    """Go through the rows, some at a time; then destroy them."""
    sheet = Sheet.objects.select_related("scheme").filter(pk=pk, stage=SheetStage.RUNNING).first()
    entries = entries_of(sheet, matched_of(sheet)) if sheet else []
    while _some_more(pk, entries, timezone.now()):
        pass


@transaction.atomic
def _some_more(pk: UUID, entries: Sequence[Entry], at: datetime) -> bool:
    """Take the next rows and count them, all in one transaction; False when there are none left."""
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("scheme").filter(pk=pk).first()
    if sheet is None or sheet.stage != SheetStage.RUNNING:
        return False
    some = entries[sheet.done : sheet.done + AT_ONCE]
    if not some:
        moves.move(sheet, SheetAct.FINISH, Party.SCHEDULE, at=at, **DROPPED)
        return False
    stands = known.load(sheet.kind, sheet.scheme, some, sheet.made_by, timezone.localdate(at))
    late: list[Fault] = []
    with outbox.held_back():
        for entry in some:
            verdict = _take(sheet, entry, stands, at)
            late += entry.faults
            if verdict is Verdict.NEW:
                sheet.added += 1
            elif verdict is Verdict.CHANGED:
                sheet.changed += 1
            elif verdict is Verdict.UNCHANGED:
                sheet.unchanged += 1
    sheet.done += len(some)
    if late:
        told = {*faults_of(sheet), *late}
        sheet.faults, sheet.broken = _sealed_faults(sheet, told, changes_of(sheet)), len({fault.row for fault in told})
    sheet.save(update_fields=["added", "changed", "unchanged", "done", "faults", "broken"])
    return True


def _take(sheet: Sheet, entry: Entry, stands: known.Known, at: datetime) -> Verdict:
    """Take one row, or say at its place that somebody was quicker. A row is taken whole or not at all."""
    judgement = judge(sheet.kind, entry, stands)
    if judgement.verdict in (Verdict.BROKEN, Verdict.UNCHANGED):
        return judgement.verdict
    try:
        with transaction.atomic():
            take(sheet.kind, entry, judgement, stands, coordinator=sheet.made_by, at=at)
    except (*_TOO_LATE, DatabaseError):
        entry.fault("", _("Something has changed in the meantime. Upload this row again."))
        return Verdict.BROKEN
    return judgement.verdict


def destroy_old(at: datetime) -> int:
    """Set aside what was left lying, and destroy what is left of sheets after a week. Returns of how many."""
    old = Sheet.objects.filter(stage_since__lt=at - KEPT)
    left = list(old.filter(stage__in=[SheetStage.UPLOADED, SheetStage.CHECKED]))
    for sheet in left:
        set_aside(sheet, Party.SCHEDULE, coordinator=None, at=at, form=None)
    return len(left) + old.filter(stage=SheetStage.DONE, faults__isnull=False).update(faults=None)


def _remember(sheet: Sheet, matched: Sequence[str]) -> None:
    """Keep what the scheme's headings mean, also that some mean nothing to us."""
    rows, head = table_of(sheet)
    meanings = memory_of(sheet.scheme, sheet.kind)
    meanings |= {plain(heading): name for heading, name in zip(rows[head], matched, strict=False) if plain(heading)}
    row, _made = SheetHeadings.objects.select_for_update().get_or_create(
        scheme=sheet.scheme, kind=sheet.kind, defaults={"meanings": _sealed_meanings(sheet, meanings)}
    )
    row.meanings = _sealed_meanings(sheet, meanings)
    row.save(update_fields=["meanings"])


def _sealed_meanings(sheet: Sheet, meanings: dict[str, str]) -> Sealed:
    row = SheetHeadings(scheme_id=sheet.scheme_id, kind=sheet.kind)
    return SheetHeadings.meanings.seal(row, json.dumps(meanings, sort_keys=True))


def _sealed_match(sheet: Sheet, matched: Sequence[str]) -> Sealed:
    return Sheet.matched.seal(sheet, json.dumps(list(matched)))


def _sealed_faults(sheet: Sheet, found: Iterable[Fault], changes: Iterable[Fault] = ()) -> Sealed:
    return Sheet.faults.seal(sheet, faults.to_json(found, changes))
