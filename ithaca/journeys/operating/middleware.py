"""A body limit before anything is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from ithaca.journeys.operating.views import too_large

PIECE = 256 * 1024
DRAINED = 64 * 1024 * 1024
"""A longer body than this we do not even wait for."""


def body_limit(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 413 to a request that declares a longer body than we take; nobody looks at what it holds.

    A browser shows our answer only once it has sent everything, so the body is taken in pieces and thrown away.
    """

    def limited(request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = DRAINED + 1
        if length <= settings.BODY_LIMIT or length <= _longest(request.path_info):
            return get_response(request)
        while length <= DRAINED and request.read(PIECE):
            pass
        return too_large(request)

    return limited


def _longest(path: str) -> int:
    """Return how many bytes the page at this path takes, or 0 if no more than others."""
    try:
        longest: int = settings.BODY_LIMITS.get(resolve(path).view_name, 0)
    except Resolver404:
        return 0
    return longest
