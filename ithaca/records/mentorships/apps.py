"""Requests, introductions, mentorships and what happens in them."""

from django.apps import AppConfig


class MentorshipsConfig(AppConfig):
    name = "ithaca.records.mentorships"
    label = "mentorships"
