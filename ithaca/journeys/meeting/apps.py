"""The room two people share."""

from django.apps import AppConfig


class MeetingConfig(AppConfig):
    name = "ithaca.journeys.meeting"
    label = "meeting"
