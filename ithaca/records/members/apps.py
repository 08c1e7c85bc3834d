"""People, their memberships, organisations and standing."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "ithaca.records.members"
    label = "members"
