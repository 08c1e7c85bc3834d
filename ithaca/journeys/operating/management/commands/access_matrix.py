"""Print docs/access.md."""

from typing import Any

from django.core.management.base import BaseCommand

from ithaca.access.matrix import page


class Command(BaseCommand):
    """`ithaca access-matrix > docs/access.md` after a change of the policy."""

    help = "Print who can do what, as Markdown."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(page(), ending="")
