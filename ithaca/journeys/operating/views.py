"""Errors in our own words, and the health check."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from ithaca.tools.design import catalogue


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 if the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def design_catalogue(request: HttpRequest) -> HttpResponse:
    """Show each component in each state. Only the demonstration has this page."""
    if not settings.DEMO:
        raise Http404
    return render(request, "design/catalogue.html", catalogue.context())


def editors_sign_in(request: HttpRequest) -> HttpResponse:
    """Send editors to the sign-in page that everyone uses."""
    return redirect(f"{reverse('account_login')}?{urlencode({'next': '/cms/'})}")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "operating/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    return render(request, "operating/errors/403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None, rest: str = "") -> HttpResponse:
    return render(request, "operating/errors/404.html", status=404)


def too_large(request: HttpRequest) -> HttpResponse:
    return render(request, "operating/errors/413.html", status=413)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "operating/errors/429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(None, "operating/errors/500.html", status=500)
