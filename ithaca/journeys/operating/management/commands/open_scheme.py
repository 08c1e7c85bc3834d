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
from ithaca.records.schemes.actions import appointments, schemes
from ithaca.records.schemes.models import Appointment, Scheme
from ithaca.records.schemes.presets import PRESETS

READY = {preset.slug: preset for preset in PRESETS}
TWO = 2
LONGEST_NUMBER = 30


class Command(BaseCommand):
    help = "Open a ready-made scheme. It needs two coordinators with accounts, so that it never depends on one person."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("preset", choices=READY, metavar="PRESET", help=", ".join(READY))
        parser.add_argument("--contact", required=True, metavar="ADDRESS", help="the scheme's email address")
        parser.add_argument("--phone", default="", metavar="NUMBER", help="who to call if something can't wait")
        parser.add_argument(
            "--coordinator",
            required=True,
            action="append",
            metavar="ADDRESS",
            help="the email address of an account; give two or more",
        )

    def handle(self, *args: Any, preset: str, contact: str, phone: str, coordinator: list[str], **options: Any) -> None:
        prepare_database()
        addresses = list(dict.fromkeys(address.strip().lower() for address in coordinator))
        accounts = {person.email: person for person in User.objects.filter(email__in=addresses, is_active=True)}
        strangers = [address for address in addresses if address not in accounts]
        faults = [
            f"Nobody has an account with the address {address}. They need to create one first." for address in strangers
        ]
        if len(addresses) < TWO:
            faults.append("Name at least two coordinators, so that the scheme never depends on one person.")
        if "@" not in contact:
            faults.append(f"{contact} is not an email address.")
        if len(phone.strip()) > LONGEST_NUMBER:
            faults.append(f"{phone} is too long for a phone number.")
        if Scheme.objects.filter(slug=preset).exists():
            faults.append(f"The scheme {preset} already exists.")
        if faults:
            raise CommandError("\n".join(faults))
        today = timezone.localdate()
        with transaction.atomic():
            scheme = schemes.open_scheme(READY[preset], contact, today, phone.strip())
            for number, address in enumerate(addresses):
                duty = Appointment.Duty.DEPUTY if number else Appointment.Duty.COORDINATOR
                appointments.appoint(scheme, accounts[address].pk, duty, today)
        mailbox = settings.BASE_URL + reverse("configuring:mailbox", args=[scheme.slug])
        self.stdout.write(f"{scheme.name} is open. Before anyone can write to it, a coordinator must open its mailbox:")
        self.stdout.write(mailbox)
