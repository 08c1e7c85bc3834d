"""Addresses of joining."""

from django.urls import path

from ithaca.journeys.joining import views

app_name = "joining"
urlpatterns = [
    path("my-mentoring/", views.home, name="home"),
    path("account/", views.account, name="account"),
]
