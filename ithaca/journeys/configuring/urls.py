"""Addresses of setting up a scheme."""

from django.urls import path

from ithaca.journeys.configuring.views import mailbox, mediators, rules, signposts, team

app_name = "configuring"
urlpatterns = [
    path("schemes/<slug:slug>/desk/signposts/", signposts.signposts, name="signposts"),
    path("schemes/<slug:slug>/signposts/<uuid:pk>/review/", signposts.review, name="signpost_review"),
    path("schemes/<slug:slug>/mailbox/", mailbox.mailbox, name="mailbox"),
    path("schemes/<slug:slug>/mailbox/share/", mailbox.share, name="mailbox_share"),
    path("schemes/<slug:slug>/mailbox/renew/", mailbox.renew, name="mailbox_renew"),
    path("schemes/<slug:slug>/team/", team.team, name="team"),
    path("schemes/<slug:slug>/team/<uuid:pk>/end/", team.end, name="team_end"),
    path("schemes/<slug:slug>/team/mediators/", mediators.mediators, name="mediators"),
    path("schemes/<slug:slug>/team/mediators/<uuid:pk>/end/", mediators.end, name="mediator_end"),
    path("schemes/<slug:slug>/team/away/", team.away, name="team_away"),
    path("schemes/<slug:slug>/team/away/<uuid:pk>/remove/", team.there, name="team_there"),
    path("schemes/<slug:slug>/rules/", rules.rules, name="rules"),
]
