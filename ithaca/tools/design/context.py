"""What the frame of every page needs."""

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the current place in the navigation, and whether this is the demonstration."""
    return {"demo": settings.DEMO, "path": request.path}
