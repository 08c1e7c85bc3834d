"""What a scheme knows of itself in numbers."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "ithaca.journeys.reporting"
    label = "reporting"
