"""`ithaca write-pages`: the first pages, where none are yet."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ithaca.publishing.demo_pages import write_pages


class Command(BaseCommand):
    help = "Write the first pages (home, schemes, privacy and so on). Pages that already exist stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        write_pages(timezone.now())
