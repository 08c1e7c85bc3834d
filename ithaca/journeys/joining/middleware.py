"""Who is asking: the actor of every request; and what the gate's refusals look like to a person."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from ithaca.access import gate
from ithaca.journeys.joining.actors import actor_of
from ithaca.records.stages import Impossible


class ActorMiddleware:
    """Set `request.actor`, found on first use, and answer the gate's refusals."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]  # a request carries its actor
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, gate.NotFound):
            raise Http404
        if isinstance(exception, gate.Refused):
            return render(request, "joining/refused.html", {"reason": exception.reason}, status=403)
        if isinstance(exception, Impossible):
            return render(request, "joining/moved_on.html", status=409)
        return None
