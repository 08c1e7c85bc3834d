"""Pages of prose; knows nothing about people."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "ithaca.publishing"
    label = "publishing"
