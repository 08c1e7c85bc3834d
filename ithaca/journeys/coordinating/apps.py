"""The coordinator's desk."""

from django.apps import AppConfig


class CoordinatingConfig(AppConfig):
    name = "ithaca.journeys.coordinating"
    label = "coordinating"
