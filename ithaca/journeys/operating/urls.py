"""Addresses for whoever runs the installation."""

from django.urls import path

from ithaca.journeys.operating import views
from ithaca.journeys.operating.demo import views as demo

app_name = "operating"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("design/", views.design_catalogue, name="design_catalogue"),
    path("demo/", demo.start, name="demo_start"),
    path("demo/letters/", demo.letters, name="demo_letters"),
    path("demo/letters/<uuid:pk>/", demo.letter, name="demo_letter"),
    path("demo/letters/<uuid:pk>/as-html/", demo.letter_html, name="demo_letter_html"),
    path("demo/letters/<uuid:pk>/invitation.ics", demo.letter_calendar, name="demo_letter_calendar"),
]
