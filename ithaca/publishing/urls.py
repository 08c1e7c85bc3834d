"""Addresses of prose."""

from django.urls import path

from ithaca.publishing import views

app_name = "publishing"
urlpatterns = [
    path("", views.home, name="home"),
    path("schemes/", views.schemes, name="schemes"),
    path("schemes/<slug:slug>/", views.scheme, name="scheme"),
    path("<slug:slug>/", views.prose, name="prose"),
]
