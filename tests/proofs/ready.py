"""Django, set up once for processes that are forked from here before any of them has opened the database."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
