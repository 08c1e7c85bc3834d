"""The two-minute request, without an account."""

from uuid import UUID

from allauth.core import ratelimit
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ithaca.journeys.http import Request
from ithaca.journeys.pairing.forms.enquiries import EnquiryForm
from ithaca.records.mentorships.pairing.actions import enquiries
from ithaca.records.mentorships.pairing.queries.enquiries import can_be_asked
from ithaca.records.mentorships.pairing.queries.requests import answer_due
from ithaca.records.mentorships.rules.answers import EnquiryText
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.schemes import by_slug

SENT = "enquiry"
"""Where the browser's session keeps the uuid of what it asked, so that a request made later keeps that date."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, slug: str) -> HttpResponse:
    """Ask in two minutes.

    Where nothing can be sealed to the coordinators yet, or too many requests came from one address, say so and keep
    what was typed.
    """
    scheme, at = _scheme(slug), timezone.now()
    form = EnquiryForm(request.POST) if request.method == "POST" else EnquiryForm()
    context = {"scheme": scheme, "form": form, "answer_by": answer_due(timezone.localdate(at))}
    if request.method != "POST":
        return render(request, "pairing/enquiry_new.html", context | {"closed": not can_be_asked(scheme)})
    if not form.is_valid():
        return render(request, "pairing/enquiry_new.html", context, status=422)
    if not ratelimit.consume(request, action="enquiry"):
        return render(request, "pairing/enquiry_new.html", context | {"too_many": True}, status=429)
    said = {name: form.cleaned_data[name] for name in ("first_name", "way", "reach_at", "good_time", "line")}
    try:
        enquiry = enquiries.receive(scheme, EnquiryText(**said), at=at, form=form.form_id)
    except enquiries.NoMailbox:
        return render(request, "pairing/enquiry_new.html", context | {"closed": True}, status=503)
    request.session[SENT] = str(enquiry.pk)
    return redirect("pairing:enquiry_thanks", slug=slug)


@require_safe
def thanks(request: Request, slug: str) -> HttpResponse:
    """Say what happens next, and by when."""
    day = answer_due(timezone.localdate())
    return render(request, "pairing/enquiry_thanks.html", {"scheme": _scheme(slug), "answer_by": day})


def sent_from(request: Request) -> UUID | None:
    """Return the uuid of the two-minute request that was sent from this browser."""
    kept = request.session.get(SENT)
    return UUID(kept) if kept else None


def _scheme(slug: str) -> Scheme:
    found = by_slug(slug)
    if found is None:
        raise Http404
    return found
