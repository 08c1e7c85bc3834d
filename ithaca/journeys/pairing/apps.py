"""Ask for a mentor, introductions, accept or decline."""

from django.apps import AppConfig


class PairingConfig(AppConfig):
    name = "ithaca.journeys.pairing"
    label = "pairing"
