"""`ithaca import-organisations FILE`: practices as the Organisation Data Service lists them."""

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ithaca.journeys.operating.preparing import prepare_database
from ithaca.records.members.actions import organisations
from ithaca.tools.sheets.limits import UnreadableSheetError
from ithaca.tools.sheets.reading import read_csv

Import = Callable[[Sequence[Sequence[str]], date], organisations.Outcome]


class Command(BaseCommand):
    help = "Import practices (ODS epraccur.csv) and, if given, their networks (ODS ePCN). A second run changes nothing."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="epraccur.csv")
        parser.add_argument("--pcn", type=Path, help="the members of primary care networks, as CSV")

    def handle(self, *args: Any, file: Path, pcn: Path | None, **options: Any) -> None:
        prepare_database()
        self.take(organisations.import_organisations, file, "organisations")
        if pcn:
            self.take(organisations.import_networks, pcn, "members of networks")

    def take(self, import_rows: Import, file: Path, what: str) -> None:
        try:
            done = import_rows(read_csv(file), timezone.localdate())
        except UnreadableSheetError as error:
            raise CommandError(str(error)) from error
        except organisations.BadFileError as error:
            faults = "\n".join(f"  {fault}" for fault in error.faults)
            raise CommandError(f"{file.name} could not be imported, so nothing has changed.\n{faults}") from error
        self.stdout.write(f"{done.read:,} {what} read.")
        if done.nothing:
            self.stdout.write("Nothing changed.")
        else:
            self.stdout.write(
                f"{done.added:,} added, {done.changed:,} changed. "
                f"{done.placed:,} placed in an area, {done.moved:,} of them moved from another area."
            )
        if done.unknown:
            self.stdout.write(f"{done.unknown:,} skipped, because we don't have their organisations.")
