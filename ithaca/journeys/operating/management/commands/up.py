"""`ithaca up`: everything that `make run` does once the project is installed."""

import sys
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ithaca.journeys.operating import preparing, supervising


class Command(BaseCommand):
    help = "Prepare what is missing, then run the web and the worker until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = settings.HOST, settings.PORT
        if not preparing.port_is_free(host, port):
            raise CommandError(
                f"Port {port} is in use. Stop what uses it, or choose another: make run PORT={port + 1}", returncode=2
            )
        if preparing.prepare_database():
            self.stdout.write("The database is up to date.")
        preparing.collect_assets()
        children = [supervising.web(host, port), supervising.worker()]
        sys.exit(supervising.supervise(children, partial(supervising.answers_at, host, port), self.announce))

    def announce(self) -> None:
        self.stdout.write(f"\nIthaca is at {settings.BASE_URL}/  (Ctrl-C stops it)\n")
        self.stdout.flush()
