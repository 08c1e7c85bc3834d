"""`ithaca open-scheme PRESET`: a scheme, and who coordinates it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ithaca.journeys.operating.preparing import prepare_database
from ithaca.records.members.models import User
from ithaca.records.schemes import actions
from ithaca.records.schemes.models import Appointment, Scheme
from ithaca.records.schemes.presets import PRESETS

READY = {preset.slug: preset for preset in PRESETS}
TWO = 2


class Command(BaseCommand):
    help = "Open one of the ready-made schemes. Two people with accounts coordinate it, so that it never hangs on one."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("preset", choices=READY, metavar="PRESET", help=", ".join(READY))
        parser.add_argument("--contact", required=True, metavar="ADDRESS", help="where the scheme can be written to")
        parser.add_argument(
            "--coordinator", required=True, action="append", metavar="ADDRESS", help="an account; give two or more"
        )

    def handle(self, *args: Any, preset: str, contact: str, coordinator: list[str], **options: Any) -> None:
        prepare_database()
        addresses = list(dict.fromkeys(address.strip().lower() for address in coordinator))
        accounts = {person.email: person for person in User.objects.filter(email__in=addresses, is_active=True)}
        strangers = [address for address in addresses if address not in accounts]
        faults = [f"Nobody has an account as {address}: they register first." for address in strangers]
        if len(addresses) < TWO:
            faults.append("Name two coordinators at least: what is written to a scheme must not hang on one person.")
        if "@" not in contact:
            faults.append(f"{contact} is not an address.")
        if Scheme.objects.filter(slug=preset).exists():
            faults.append(f"The scheme {preset} is there already.")
        if faults:
            raise CommandError("\n".join(faults))
        today = timezone.localdate()
        with transaction.atomic():
            scheme = actions.open_scheme(READY[preset], contact, today)
            for number, address in enumerate(addresses):
                duty = Appointment.Duty.DEPUTY if number else Appointment.Duty.COORDINATOR
                actions.appoint(scheme, accounts[address].pk, duty, today)
        letter_box = settings.BASE_URL + reverse("coordinating:letter_box", args=[scheme.slug])
        self.stdout.write(f"{scheme.name} is open. Before anyone writes to it, a coordinator opens its letter box:")
        self.stdout.write(letter_box)
