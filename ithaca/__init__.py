"""Mentoring for general practice."""

__version__ = "0.1.0"
"""The one place that holds the version: pyproject.toml, `ithaca version` and the footer read it here."""
