"""The only cryptography."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "ithaca.tools.vault"
    label = "vault"
