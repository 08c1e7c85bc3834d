"""`ithaca up`: everything that `make run` does once the project is installed."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from ithaca.journeys.operating import preparing, supervising
from ithaca.journeys.operating.demo.seeding import seed
from ithaca.journeys.operating.demo.words import SIGN_INS
from ithaca.tools.post import delivery


class Command(BaseCommand):
    help = "Prepare whatever is missing, then run the website and the worker until you press Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = settings.HOST, settings.PORT
        if not preparing.port_is_free(host, port):
            raise CommandError(
                f"Port {port} is in use. Stop whatever uses it, or choose another: make run PORT={port + 1}",
                returncode=2,
            )
        if preparing.prepare_database():
            self.stdout.write("The database is up to date.")
        preparing.collect_assets()
        if settings.DEMO and seed(timezone.now()):
            self.stdout.write("The demonstration is ready.")
        preparing.let_go_of_database()
        sys.exit(supervising.supervise([supervising.web(host, port), supervising.worker()], self.announce))

    def announce(self) -> None:
        self.stdout.write(f"\nIthaca is at {settings.BASE_URL}/  (press Ctrl-C to stop it)\n")
        if settings.DEMO:
            self.stdout.write("This is a demonstration. You can sign in as any of these people:\n")
            for one in SIGN_INS:
                self.stdout.write(f"  {one.email:<27}  {one.password:<16}  {one.part}")
            self.stdout.write(f"You can read their emails at {settings.BASE_URL}{reverse('operating:demo_letters')}\n")
        elif not delivery.can_send():
            self.stdout.write("No mail server is set (EMAIL_URL), so emails will stay in the outbox.\n")
        self.stdout.flush()
