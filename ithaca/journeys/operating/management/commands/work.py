"""`ithaca work`: the worker alone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ithaca.journeys.operating import preparing, schedule


class Command(BaseCommand):
    help = "Run tasks, send emails and run each job that is due, until stopped. `ithaca up` starts this too."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        preparing.compile_matchmaker()
        try:
            schedule.work()
        except schedule.AnotherWorker as error:
            raise CommandError("Another worker is already running on this data folder.") from error
