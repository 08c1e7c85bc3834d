"""Sign up, membership, offer to mentor, unlock."""

from django.apps import AppConfig


class JoiningConfig(AppConfig):
    name = "ithaca.journeys.joining"
    label = "joining"
