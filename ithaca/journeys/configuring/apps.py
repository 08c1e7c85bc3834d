"""How a scheme is set up: its team, mailbox, signposts and rules."""

from django.apps import AppConfig


class ConfiguringConfig(AppConfig):
    name = "ithaca.journeys.configuring"
    label = "configuring"
