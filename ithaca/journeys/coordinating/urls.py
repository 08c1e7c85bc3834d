"""Addresses of the desk."""

from django.urls import path

from ithaca.journeys.coordinating.views import (
    applications,
    desk,
    enquiries,
    introductions,
    invitations,
    letter_box,
    memberships,
    requests,
    signposts,
)

app_name = "coordinating"
urlpatterns = [
    path("schemes/<slug:slug>/desk/", desk.desk, name="desk"),
    path("schemes/<slug:slug>/desk/mentors/", desk.mentors, name="mentors"),
    path("schemes/<slug:slug>/desk/mentorships/", desk.running, name="mentorships"),
    path("schemes/<slug:slug>/desk/signposts/", signposts.signposts, name="signposts"),
    path("schemes/<slug:slug>/signposts/<uuid:pk>/review/", signposts.review, name="signpost_review"),
    path("schemes/<slug:slug>/desk/<slug:queue>/", desk.queue, name="queue"),
    path("schemes/<slug:slug>/letter-box/", letter_box.letter_box, name="letter_box"),
    path("schemes/<slug:slug>/invitations/", invitations.invitations, name="invitations"),
    path("memberships/<uuid:pk>/check/", memberships.check, name="membership_check"),
    path("memberships/<uuid:pk>/verify/", memberships.verify, name="membership_verify"),
    path("memberships/<uuid:pk>/confirm/", memberships.confirm, name="membership_confirm"),
    path("memberships/<uuid:pk>/register/check/", memberships.check_register, name="membership_register_check"),
    path("memberships/<uuid:pk>/place/", memberships.place, name="membership_place"),
    path("memberships/<uuid:pk>/ask-to-correct/", memberships.ask_to_correct, name="membership_ask_to_correct"),
    path("memberships/<uuid:pk>/turn-down/", memberships.turn_down, name="membership_turn_down"),
    path("enquiries/<uuid:pk>/", enquiries.enquiry, name="enquiry"),
    path("enquiries/<uuid:pk>/answer/", enquiries.answer, name="enquiry_answer"),
    path("enquiries/<uuid:pk>/invite/", enquiries.invite, name="enquiry_invite"),
    path("enquiries/<uuid:pk>/close/", enquiries.close, name="enquiry_close"),
    path("applications/<uuid:pk>/", applications.application, name="application"),
    path("applications/<uuid:pk>/check/", applications.begin_checks, name="application_begin_checks"),
    path("applications/<uuid:pk>/checks/<slug:check>/pass/", applications.pass_check, name="application_pass_check"),
    path("applications/<uuid:pk>/talk/", applications.talk, name="application_talk"),
    path("applications/<uuid:pk>/approve/", applications.approve, name="application_approve"),
    path("applications/<uuid:pk>/defer/", applications.defer, name="application_defer"),
    path("applications/<uuid:pk>/decline/", applications.decline, name="application_decline"),
    path("requests/<uuid:pk>/desk/", requests.request_desk, name="request_desk"),
    path("requests/<uuid:pk>/take-in/", requests.take_in, name="request_take_in"),
    path("requests/<uuid:pk>/answer-otherwise/", requests.answer_otherwise, name="request_answer_otherwise"),
    path("requests/<uuid:pk>/say-unlikely/", requests.say_unlikely, name="request_say_unlikely"),
    path("requests/<uuid:pk>/propose/", requests.propose, name="request_propose"),
    path("introductions/<uuid:pk>/desk/", introductions.introduction, name="introduction_desk"),
    path("introductions/<uuid:pk>/take-back/", introductions.take_back, name="introduction_take_back"),
]
