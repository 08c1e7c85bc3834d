"""The only cryptography."""

from importlib import import_module

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "ithaca.tools.vault"
    label = "vault"

    def ready(self) -> None:
        """Register the check of the server keys."""
        import_module("ithaca.tools.vault.checks")
