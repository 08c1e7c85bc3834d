"""Changing requests, introductions and mentorships."""
