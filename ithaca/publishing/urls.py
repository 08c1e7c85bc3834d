"""The addresses of pages of prose: each kind of address has a view that finds its page with one query.

Wagtail's own route would ask once for the site, twice for each part of an address, and twice whether the page is
private: nine queries for a scheme's page, where two are enough. The models fix which kind of page can be where, so the
address is enough to tell. Pages can't be made private, since everything here is public. Wagtail's route comes after
these for anything else. A new kind of page needs a line here, and a migration puts our home page in the place of
Wagtail's welcome page, so that a new installation has a way in before anyone has written a word.
"""

from django.urls import path

from ithaca.publishing import views

app_name = "publishing"
urlpatterns = [
    path("", views.home, name="home"),
    path("schemes/", views.schemes, name="schemes"),
    path("schemes/<slug:slug>/", views.scheme, name="scheme"),
    path("<slug:slug>/", views.prose, name="prose"),
]
