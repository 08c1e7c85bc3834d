"""Addresses of this journey."""

from django.urls import URLPattern, URLResolver

app_name = "pairing"
urlpatterns: list[URLPattern | URLResolver] = []
