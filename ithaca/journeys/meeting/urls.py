"""Addresses of the room."""

from django.urls import URLPattern, path

from ithaca.journeys.meeting.views import agreements, endings, rooms, sessions

app_name = "meeting"
urlpatterns: list[URLPattern] = [
    path("mentorships/<uuid:pk>/", rooms.room, name="room"),
    path("mentorships/<uuid:pk>/story/", rooms.story, name="story"),
    path("mentorships/<uuid:pk>/pause/", rooms.pause, name="pause"),
    path("mentorships/<uuid:pk>/resume/", rooms.resume, name="resume"),
    path("mentorships/<uuid:pk>/sessions/new/", sessions.schedule, name="session_schedule"),
    path("mentorships/<uuid:pk>/agreement/", agreements.agreement, name="agreement"),
    path("mentorships/<uuid:pk>/agreement/print/", agreements.printed, name="agreement_print"),
    path("mentorships/<uuid:pk>/end/", endings.end, name="end"),
    path("mentorships/<uuid:pk>/closing/", endings.closing, name="closing"),
    path("mentorships/<uuid:pk>/last-word/", endings.last_word, name="last_word"),
    path("agreements/<uuid:pk>/change/", agreements.change, name="agreement_change"),
    path("agreements/<uuid:pk>/agree/", agreements.agree, name="agreement_agree"),
    path("agreements/<uuid:pk>/set-aside/", agreements.set_aside, name="agreement_set_aside"),
    path("sessions/<uuid:pk>/", sessions.session, name="session"),
    path("sessions/<uuid:pk>/move/", sessions.move, name="session_move"),
    path("sessions/<uuid:pk>/cancel/", sessions.cancel, name="session_cancel"),
    path("sessions/<uuid:pk>/we-met/", sessions.held, name="session_held"),
    path("sessions/<uuid:pk>/did-not-happen/", sessions.missed, name="session_missed"),
    path("sessions/<uuid:pk>/calendar/", sessions.calendar, name="session_calendar"),
]
