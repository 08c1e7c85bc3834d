"""Print docs/decrypts.md."""

from typing import Any

from django.core.management.base import BaseCommand

from ithaca.journeys.operating.decrypts import page


class Command(BaseCommand):
    """`ithaca decrypts > docs/decrypts.md` after a change of what opens something sealed."""

    help = "Print what can decrypt, as Markdown."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(page(), ending="")
