"""Where a page leads when it is done. An address from outside is never followed."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def way_on(request: HttpRequest, otherwise: str | None = None) -> str:
    """Return the request's `next` if it is on this site, else `otherwise`, else My mentoring."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=here, require_https=request.is_secure()):
        return wanted
    return reverse("joining:home") if otherwise is None else otherwise
