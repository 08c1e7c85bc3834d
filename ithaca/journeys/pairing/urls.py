"""Addresses of this journey."""

from django.urls import path

from ithaca.journeys.pairing.views import (
    alternatives,
    conflicts,
    enquiries,
    introductions,
    knowing,
    mentors,
    questions,
    requests,
    signposts,
)

app_name = "pairing"
urlpatterns = [
    path("other-help/", signposts.show, name="other_help"),
    path("schemes/<slug:slug>/other-help/", signposts.show, name="scheme_other_help"),
    path("schemes/<slug:slug>/ask/", enquiries.ask, name="enquiry_new"),
    path("schemes/<slug:slug>/ask/thanks/", enquiries.thanks, name="enquiry_thanks"),
    path("schemes/<slug:slug>/requests/new/", requests.new, name="request_new"),
    path("requests/<uuid:pk>/", requests.show, name="request"),
    path("requests/<uuid:pk>/check/", requests.check, name="request_check"),
    path("requests/<uuid:pk>/withdraw/", requests.withdraw, name="request_withdraw"),
    path("requests/<uuid:pk>/reopen/", requests.reopen, name="request_reopen"),
    path("requests/<uuid:pk>/alternatives/", alternatives.choose, name="request_alternatives"),
    path("requests/<uuid:pk>/elsewhere/", alternatives.elsewhere, name="request_elsewhere"),
    path("requests/<uuid:pk>/found/", knowing.found, name="request_found"),
    path("requests/<uuid:pk>/kind/", knowing.kind, name="request_kind"),
    path("requests/<uuid:pk>/prefers/", knowing.prefers, name="request_prefers"),
    path("requests/<uuid:pk>/mentors/", mentors.choose, name="request_mentors"),
    path("requests/<uuid:pk>/<slug:page>/edit/", requests.edit, name="request_edit"),
    path("introductions/<uuid:pk>/", introductions.show, name="introduction"),
    path("introductions/<uuid:pk>/accept/", introductions.accept, name="introduction_accept"),
    path("introductions/<uuid:pk>/decline/", introductions.decline, name="introduction_decline"),
    path("introductions/<uuid:pk>/question/", questions.question, name="introduction_question"),
    path("introductions/<uuid:pk>/next/", mentors.change_next, name="introduction_next"),
    path("introductions/<uuid:pk>/too-close/", conflicts.too_close, name="introduction_too_close"),
    path("introductions/<uuid:pk>/chat/calendar/", introductions.chat_calendar, name="chat_calendar"),
    path("introductions/<uuid:pk>/chat/arrange/", introductions.arrange, name="chat_arrange"),
    path("introductions/<uuid:pk>/chat/miss/", introductions.miss, name="chat_miss"),
    path("introductions/<uuid:pk>/confirm/", introductions.confirm, name="introduction_confirm"),
    path("account/conflicts/", conflicts.show, name="conflicts"),
    path("account/conflicts/<uuid:declaration>/remove/", conflicts.remove, name="conflict_remove"),
]
