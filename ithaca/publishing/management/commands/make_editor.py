"""`ithaca make-editor ADDRESS`: who may write pages."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from ithaca.publishing.editors import make_editor


class Command(BaseCommand):
    help = "Let the person with this email address write and publish pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="the email address of an account")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        user = get_user_model().objects.filter(email=address.strip().lower()).first()
        if user is None:
            raise CommandError("Nobody has an account with this email address.")
        make_editor(user)
