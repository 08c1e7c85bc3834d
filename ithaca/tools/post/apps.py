"""The outbox, delivery and calendar files."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "ithaca.tools.post"
    label = "post"
