"""Addresses of the room."""

from django.urls import URLPattern, path

from ithaca.journeys.meeting.views import (
    agreements,
    endings,
    going_on,
    messages,
    notes,
    readying,
    records,
    rooms,
    sessions,
)

app_name = "meeting"
urlpatterns: list[URLPattern] = [
    path("mentorships/<uuid:pk>/", rooms.room, name="room"),
    path("mentorships/<uuid:pk>/make-ready/", readying.make_ready, name="make_ready"),
    path("mentorships/<uuid:pk>/story/", rooms.story, name="story"),
    path("mentorships/<uuid:pk>/pause/", rooms.pause, name="pause"),
    path("mentorships/<uuid:pk>/resume/", rooms.resume, name="resume"),
    path("mentorships/<uuid:pk>/sessions/new/", sessions.schedule, name="session_schedule"),
    path("mentorships/<uuid:pk>/agreement/", agreements.agreement, name="agreement"),
    path("mentorships/<uuid:pk>/agreement/print/", agreements.printed, name="agreement_print"),
    path("mentorships/<uuid:pk>/go-on/", going_on.go_on, name="go_on"),
    path("mentorships/<uuid:pk>/end/", endings.end, name="end"),
    path("mentorships/<uuid:pk>/closing/", endings.closing, name="closing"),
    path("mentorships/<uuid:pk>/last-word/", endings.last_word, name="last_word"),
    path("mentorships/<uuid:pk>/messages/", messages.messages, name="messages"),
    path("mentorships/<uuid:pk>/messages/send/", messages.send, name="message_send"),
    path("mentorships/<uuid:pk>/messages/read/", messages.read, name="messages_read"),
    path("mentorships/<uuid:pk>/notes/", notes.notes, name="notes"),
    path("mentorships/<uuid:pk>/notes/new/", notes.new, name="note_new"),
    path("mentorships/<uuid:pk>/search/", notes.search, name="search"),
    path("mentorships/<uuid:pk>/written-record/", records.record, name="record"),
    path("mentorships/<uuid:pk>/written-record/stop/", records.stop, name="record_stop"),
    path("mentorships/<uuid:pk>/written-record/go-on/", records.go_on, name="record_go_on"),
    path("mentorships/<uuid:pk>/written-record/destroy/", records.destroy, name="record_destroy"),
    path("mentorships/<uuid:pk>/written-record/keep/", records.keep, name="record_keep"),
    path("messages/<uuid:pk>/take-back/", messages.take_back, name="message_take_back"),
    path("notes/<uuid:pk>/change/", notes.change, name="note_change"),
    path("notes/<uuid:pk>/delete/", notes.delete, name="note_delete"),
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
