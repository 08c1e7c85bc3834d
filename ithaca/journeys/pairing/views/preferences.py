"""The mentor that someone would prefer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.pairing.forms.buttons import typed_over
from ithaca.journeys.pairing.forms.preferences import PreferenceForm
from ithaca.records.members.queries.standings import listed_named, standing_at
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import requests
from ithaca.records.mentorships.pairing.queries.introductions import mentor_called
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.records.mentorships.rules.stages.pairing import EDITABLE
from ithaca.records.versions import ChangedMeanwhile


@require_http_methods(["GET", "HEAD", "POST"])
def preference(request: Request, pk: UUID) -> HttpResponse:
    """Name someone they have heard of: by name, or by an address that is neither confirmed nor denied."""
    row = gate.request(request.actor, pk, Access.EDIT).row
    if row.stage not in EDITABLE:
        return redirect("pairing:request", pk=pk)
    said = answers_of(row)
    text = request.POST.get("name", "") if request.method == "POST" else ""
    people = listed_named(row.membership.scheme, text.replace("\0", "").strip()[:80], row.membership.user_id)
    initial = {"address": said.prefers_address, "version": row.version}
    form = (
        PreferenceForm(request.POST, found=people)
        if request.method == "POST"
        else PreferenceForm(initial=initial, found=[])
    )
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        if "look" in request.POST or (text and not form.cleaned_data["mentor"] and not form.cleaned_data["address"]):
            status = 200
        else:
            try:
                requests.change_answers(row, form.cleaned_data["version"] or 0, **_preference(row, form.cleaned_data))
                return redirect("pairing:request", pk=pk)
            except ChangedMeanwhile:
                form, status = PreferenceForm(typed_over(request, row.version), found=people), 409
                messages.info(request, _("This was changed in another window. Check it, then save again."))
    named = mentor_called(said.prefers) if said.prefers and not said.prefers_address else ""
    context = {
        "scheme": row.membership.scheme,
        "row": row,
        "form": form,
        "people": people,
        "text": text,
        "named": named,
    }
    return render(request, "pairing/preference.html", context, status=status)


def _preference(row: MentoringRequest, said: dict[str, Any]) -> dict[str, Any]:
    """Return the answers that a preference is: a name wins over an address, and an empty page is nobody."""
    if said["mentor"]:
        return {"prefers": UUID(said["mentor"]), "prefers_address": ""}
    address = said["address"].lower()
    standing = standing_at(row.membership.scheme, address) if address else None
    return {"prefers": standing.pk if standing else None, "prefers_address": address}
