"""Commands and pages for whoever runs the installation."""

from django.apps import AppConfig


class OperatingConfig(AppConfig):
    name = "ithaca.journeys.operating"
    label = "operating"
