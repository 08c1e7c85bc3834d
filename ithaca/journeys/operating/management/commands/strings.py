"""`ithaca strings`: every string of the pages and emails, to be read in one sitting or translated."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

import ithaca
from ithaca.journeys.operating import strings

ROOT = Path(ithaca.__file__).parent


class Command(BaseCommand):
    """Write docs/strings.md, or with --pot the catalogue for translators. It needs Babel, from requirements/dev.txt."""

    help = "Write every string as Markdown, by room and file, or as a catalogue for translators"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pot", action="store_true", help="write a gettext catalogue instead")
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="where to; otherwise it is printed")

    def handle(self, *args: Any, pot: bool, file: Path | None, **options: Any) -> None:
        found = strings.find(ROOT)
        if pot:
            written = strings.catalogue(found, ithaca.__version__)
        else:
            written = strings.page(found, ithaca.__version__, timezone.localdate())
        if file is None:
            self.stdout.write(written, ending="")
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(written, encoding="utf-8")
