"""Addresses of a scheme's numbers."""

from django.urls import path

from ithaca.journeys.reporting.views import pulse, supply

app_name = "reporting"
urlpatterns = [
    path("schemes/<slug:slug>/ratings/", pulse.ratings, name="ratings"),
    path("schemes/<slug:slug>/supply/", supply.supply, name="supply"),
]
