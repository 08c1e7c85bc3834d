"""Addresses of pairing: each noun's own, in the order in which they are met.

An address that is renamed gets a row in `ithaca/config/old_addresses.py`.
"""

from django.urls import path

from ithaca.journeys.pairing.views import (
    alternatives,
    answers,
    conflicts,
    enquiries,
    findings,
    first_chats,
    introductions,
    preferences,
    questions,
    requests,
    shortlists,
    signposts,
)

app_name = "pairing"
urlpatterns = [
    path("other-help/", signposts.signposts, name="other_help"),
    path("schemes/<slug:slug>/other-help/", signposts.signposts, name="scheme_other_help"),
    path("schemes/<slug:slug>/ask/", enquiries.new, name="enquiry_new"),
    path("schemes/<slug:slug>/ask/thanks/", enquiries.thanks, name="enquiry_thanks"),
    path("schemes/<slug:slug>/requests/new/", requests.new, name="request_new"),
    path("requests/<uuid:pk>/", requests.request, name="request"),
    path("requests/<uuid:pk>/check/", requests.check, name="request_check"),
    path("requests/<uuid:pk>/kind/", requests.kind, name="request_kind"),
    path("requests/<uuid:pk>/reopen/", requests.reopen, name="request_reopen"),
    path("requests/<uuid:pk>/withdraw/", requests.withdraw, name="request_withdraw"),
    path("requests/<uuid:pk>/<slug:page>/edit/", answers.edit, name="request_edit"),
    path("requests/<uuid:pk>/preference/", preferences.preference, name="preference"),
    path("requests/<uuid:pk>/finding/", findings.finding, name="finding"),
    path("requests/<uuid:pk>/alternatives/", alternatives.alternatives, name="alternatives"),
    path("requests/<uuid:pk>/alternatives/elsewhere/", alternatives.elsewhere, name="alternatives_elsewhere"),
    path("requests/<uuid:pk>/mentors/", shortlists.choose, name="mentors"),
    path("introductions/<uuid:pk>/shortlist/", shortlists.change, name="shortlist"),
    path("introductions/<uuid:pk>/", introductions.introduction, name="introduction"),
    path("introductions/<uuid:pk>/accept/", introductions.accept, name="introduction_accept"),
    path("introductions/<uuid:pk>/confirm/", introductions.confirm, name="introduction_confirm"),
    path("introductions/<uuid:pk>/decline/", introductions.decline, name="introduction_decline"),
    path("introductions/<uuid:pk>/question/", questions.question, name="question"),
    path("introductions/<uuid:pk>/first-chat/arrange/", first_chats.arrange, name="first_chat_arrange"),
    path("introductions/<uuid:pk>/first-chat/calendar/", first_chats.calendar, name="first_chat_calendar"),
    path("introductions/<uuid:pk>/first-chat/miss/", first_chats.miss, name="first_chat_miss"),
    path("introductions/<uuid:pk>/conflict/", conflicts.conflict, name="conflict"),
    path("account/conflicts/", conflicts.conflicts, name="conflicts"),
    path("account/conflicts/<uuid:declaration>/remove/", conflicts.remove, name="conflict_remove"),
]
