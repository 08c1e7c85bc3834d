"""The design system: components, form fields, layouts."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "ithaca.tools.design"
    label = "design"
