"""Addresses that had another name before, and where they lead now: links in emails, bookmarks, forms left open.

A row may go after its day, a year after the address was renamed. An address that is renamed again gets a second row,
and the first leads to the newest.
"""

from datetime import date

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import URLPattern, path, reverse

DECEMBER_2027 = date(2027, 12, 1)

MOVED: dict[str, tuple[str, date]] = {
    "actions/<uuid:pk>/change/": ("meeting:goal_step_change", DECEMBER_2027),
    "actions/<uuid:pk>/commitment/": ("meeting:goal_step_commitment", DECEMBER_2027),
    "actions/<uuid:pk>/done/": ("meeting:goal_step_done", DECEMBER_2027),
    "actions/<uuid:pk>/drop/": ("meeting:goal_step_drop", DECEMBER_2027),
    "actions/<uuid:pk>/not-done/": ("meeting:goal_step_not_done", DECEMBER_2027),
    "feedback/<uuid:pk>/not-this-time/": ("meeting:feedback_skip", DECEMBER_2027),
    "introductions/<uuid:pk>/chat/arrange/": ("pairing:first_chat_arrange", DECEMBER_2027),
    "introductions/<uuid:pk>/chat/calendar/": ("pairing:first_chat_calendar", DECEMBER_2027),
    "introductions/<uuid:pk>/chat/miss/": ("pairing:first_chat_miss", DECEMBER_2027),
    "introductions/<uuid:pk>/next/": ("pairing:shortlist", DECEMBER_2027),
    "introductions/<uuid:pk>/telephone/": ("coordinating:introduction_phone_answer", DECEMBER_2027),
    "introductions/<uuid:pk>/telephone/link/": ("coordinating:introduction_link", DECEMBER_2027),
    "introductions/<uuid:pk>/too-close/": ("pairing:conflict", DECEMBER_2027),
    "mentorships/<uuid:pk>/actions/new/": ("meeting:goal_step_new", DECEMBER_2027),
    "mentorships/<uuid:pk>/closing/": ("meeting:ending", DECEMBER_2027),
    "mentorships/<uuid:pk>/last-word/": ("meeting:ending_unlocked", DECEMBER_2027),
    "mentorships/<uuid:pk>/make-ready/": ("meeting:room_keys_make", DECEMBER_2027),
    "mentorships/<uuid:pk>/rating/": ("meeting:pulse", DECEMBER_2027),
    "mentorships/<uuid:pk>/rating/pass/": ("meeting:pulse_skip", DECEMBER_2027),
    "mentorships/<uuid:pk>/review/": ("meeting:agreement_review", DECEMBER_2027),
    "mentorships/<uuid:pk>/settled/": ("meeting:mediation_settle", DECEMBER_2027),
    "mentorships/<uuid:pk>/way/": ("meeting:phases", DECEMBER_2027),
    "requests/<uuid:pk>/elsewhere/": ("pairing:alternatives_elsewhere", DECEMBER_2027),
    "requests/<uuid:pk>/found/": ("pairing:finding", DECEMBER_2027),
    "requests/<uuid:pk>/prefers/": ("pairing:preference", DECEMBER_2027),
    "requests/<uuid:pk>/telephone/": ("coordinating:request_phone_answer", DECEMBER_2027),
    "schemes/<slug:slug>/letter-box/": ("configuring:mailbox", DECEMBER_2027),
    "schemes/<slug:slug>/letter-box/renew/": ("configuring:mailbox_renew", DECEMBER_2027),
    "schemes/<slug:slug>/letter-box/share/": ("configuring:mailbox_share", DECEMBER_2027),
    "standings/<uuid:pk>/telephone/": ("coordinating:standing_phone_answer", DECEMBER_2027),
}
"""Old path: the name of the route that took its place, with the same keys, and the day after which the row may go."""


class SentAgain(HttpResponsePermanentRedirect):
    """A redirect that sends a form again, with all that was typed."""

    status_code = 308


def lead_to(request: HttpRequest, *, route: str, **keys: object) -> HttpResponsePermanentRedirect:
    """Lead to the new address: a page by 301, a form by 308."""
    query = request.META.get("QUERY_STRING", "")
    address = reverse(route, kwargs=keys) + (f"?{query}" if query else "")
    return (HttpResponsePermanentRedirect if request.method in ("GET", "HEAD") else SentAgain)(address)


app_name = "moved"
urlpatterns: list[URLPattern] = [
    path(old, lead_to, {"route": route}, name=route.replace(":", "_")) for old, (route, _until) in MOVED.items()
]
