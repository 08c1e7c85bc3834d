"""Pages of the demonstration: the people to sign in as, and the emails it would have sent. Only there."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ithaca.journeys.operating.demo.words import PASSWORD, SIGN_INS
from ithaca.tools.post import queries
from ithaca.tools.post.models import OutboxLetter

View = Callable[..., HttpResponseBase]


def demo_only(view: View) -> View:
    """Answer 404 unless this is the demonstration."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "operating/demo/start.html", {"sign_ins": SIGN_INS, "password": PASSWORD})


@demo_only
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    to = request.GET.get("to", "").replace("\0", "")[:254]
    return render(request, "operating/demo/letters.html", {"letters": queries.latest(to), "to": to})


@demo_only
@require_safe
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "operating/demo/letter.html", {"letter": _found(pk)})


@demo_only
@require_safe
@csp_replace({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF], "sandbox": []})  # type: ignore[arg-type]  # its types know no arguments
def letter_html(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the email itself, to be shown in a frame in which nothing runs."""
    return HttpResponse(_found(pk).html, headers={"X-Frame-Options": "SAMEORIGIN"})


@demo_only
@require_safe
def letter_calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _found(pk)
    if not found.invitation:
        raise Http404
    kind = f"text/calendar; method={found.invitation_method}; charset=utf-8"
    headers = {"Content-Disposition": 'attachment; filename="invitation.ics"'}
    return HttpResponse(found.invitation, content_type=kind, headers=headers)


def _found(pk: UUID) -> OutboxLetter:
    found = queries.letter(pk)
    if found is None:
        raise Http404
    return found
