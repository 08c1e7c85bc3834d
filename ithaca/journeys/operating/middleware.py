"""A body limit before anything is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ithaca.journeys.operating.views import too_large


def body_limit(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 413 to a request that declares a longer body than we take, before a byte of it is read."""

    def limited(request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = settings.BODY_LIMIT + 1
        if length > settings.BODY_LIMIT:
            return too_large(request)
        return get_response(request)

    return limited
