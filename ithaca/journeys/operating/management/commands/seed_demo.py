"""`ithaca seed-demo`: the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ithaca.journeys.operating.demo.seeding import seed
from ithaca.journeys.operating.preparing import prepare_database


class Command(BaseCommand):
    help = "Fill an empty installation with made-up schemes and people. Changes nothing elsewhere. Needs DEMO=1."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration needs DEMO=1, because everyone knows its passwords.")
        prepare_database()
        if seed(timezone.now()):
            self.stdout.write("The demonstration is ready.")
