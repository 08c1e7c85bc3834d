"""The door of every page: who is asking, whether the route is for them, and what they see if it isn't."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from ithaca.access import gate, routes
from ithaca.access.routes import Audience
from ithaca.journeys.signing_in import carrying, keys
from ithaca.journeys.signing_in.actors import actor_of
from ithaca.records.stages import Impossible
from ithaca.tools.ledger.actions import Reused
from ithaca.tools.vault.errors import Locked, NotGranted, Tampered

log = logging.getLogger(__name__)


class ActorMiddleware:
    """Sets `request.actor`, found on first use, checks the route, and answers refusals by the gate and the vault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _find_actor(request)
        response = self.get_response(request)
        keys.write_cookie(request, response)
        return response

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let the request through only if its route's row allows it. A route without a row doesn't exist."""
        match = request.resolver_match
        audience = routes.audience(match.view_name, match.route) if match else None
        if audience in (None, Audience.OFF) or (audience is Audience.DEMO and not settings.DEMO):
            raise Http404
        answer = None
        if audience in (Audience.SIGNED_IN, Audience.EDITORS) and not request.user.is_authenticated:
            answer = carrying.sign_in_first(request)
        if answer is None and audience is Audience.EDITORS and not request.user.has_perm("wagtailadmin.access_admin"):
            raise Http404
        if answer is None and request.method == "POST" and request.user.is_authenticated:
            answer = carrying.unlock_with(request)
        _find_actor(request)  # afresh: they may have signed in, or unlocked, just now
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, gate.NotFound):
            raise Http404
        if isinstance(exception, gate.Refused):
            return render(request, "signing_in/refused.html", {"reason": exception.reason}, status=403)
        if isinstance(exception, Impossible | Reused):
            return render(request, "signing_in/moved_on.html", status=409)
        if isinstance(exception, Locked):
            return carrying.unlock_first(request)
        if isinstance(exception, NotGranted | Tampered):
            log.error("sealed text does not open: %s", type(exception).__name__, extra={"request": request})
            return render(request, "signing_in/cannot_open.html", status=409)
        return None


def _find_actor(request: HttpRequest) -> None:
    request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]  # a request carries its actor
