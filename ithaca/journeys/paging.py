"""Long lists, fifty lines a page."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404

from ithaca.journeys.http import Request
from ithaca.records.queues import Slice

A_PAGE = 50


def first_line(request: Request) -> int:
    """Where the page that is asked for begins; a page that is no number is no page."""
    typed = request.GET.get("page", "1")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 7 and int(typed)):
        raise Http404
    return (int(typed) - 1) * A_PAGE


def foot(request: Request, found: "Slice[Any]") -> dict[str, Any]:
    """How many lines there are, and the page for `{% pages page %}`. A page past the end is none."""
    start = first_line(request)
    if start and not found.lines:
        raise Http404
    return {"total": found.total, "page": Paginator(range(found.total), A_PAGE).page(start // A_PAGE + 1)}
