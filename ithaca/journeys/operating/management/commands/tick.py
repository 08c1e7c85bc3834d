"""`ithaca tick`: one round of the schedule, for those who run it by a timer of their own."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ithaca.journeys.operating import schedule
from ithaca.tools.post import delivery


class Command(BaseCommand):
    help = "Run each job that is due and send the emails that are due, once."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        for name, count in {**schedule.tick(at), "emails": delivery.deliver_due(at)}.items():
            self.stdout.write(f"{name}: {count}")
