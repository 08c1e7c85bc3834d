"""Sign-in and unlocking: accounts, keys, and forms that arrive late."""

from django.apps import AppConfig


class SigningInConfig(AppConfig):
    name = "ithaca.journeys.signing_in"
    label = "signing_in"
