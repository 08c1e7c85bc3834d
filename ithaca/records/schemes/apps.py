"""Schemes: configuration, not code."""

from django.apps import AppConfig


class SchemesConfig(AppConfig):
    name = "ithaca.records.schemes"
    label = "schemes"
