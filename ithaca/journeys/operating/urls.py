"""Addresses for whoever runs the installation."""

from django.urls import path

from ithaca.journeys.operating import views

app_name = "operating"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("design/", views.design_catalogue, name="design_catalogue"),
]
