"""The rules of a scheme, to read: which always keep two people apart, which do here, and which only weigh."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.records.mentorships.pairing.queries import score_parts


@require_safe
def rules(request: Request, slug: str) -> HttpResponse:
    scheme = gate.scheme(request.actor, slug, Access.READ_DESK).row
    return render(request, "configuring/rules.html", {"scheme": scheme, "rules": score_parts.rules_of(scheme)})
