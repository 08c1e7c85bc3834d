"""Pages at their addresses.

An address says what kind of page it is, so a page is one query. Wagtail's own way asks once for the site and twice for
each part of the address; it stays behind these routes for all that they do not know. Prose is public: the choice of
private pages is switched off in the models.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from ithaca.publishing.models import HomePage, ProsePage, SchemePage, SchemesPage


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return _served(request, HomePage.objects.live().first())


@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    return _served(request, SchemesPage.objects.live().first())


@require_safe
def scheme(request: HttpRequest, slug: str) -> HttpResponse:
    return _served(request, SchemePage.objects.live().filter(scheme_slug=slug).first())


@require_safe
def prose(request: HttpRequest, slug: str) -> HttpResponse:
    return _served(request, ProsePage.objects.live().filter(slug=slug).first())


def _served(request: HttpRequest, page: Page | None) -> HttpResponse:
    if page is None:
        raise Http404
    response: HttpResponse = page.serve(request)
    return response
