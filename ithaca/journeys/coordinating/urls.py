"""Addresses of this journey."""

from django.urls import URLPattern, URLResolver

app_name = "coordinating"
urlpatterns: list[URLPattern | URLResolver] = []
