"""Who did what and when; never what was said."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ithaca.tools.ledger"
    label = "ledger"
