"""A mentor someone has found: they are asked, and introduced."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ithaca.journeys.http import Request
from ithaca.journeys.pairing.forms.findings import FindingForm
from ithaca.journeys.pairing.views.own import own_request
from ithaca.records.mentorships.pairing.actions import findings as findings_actions
from ithaca.records.mentorships.pairing.queries import findings


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: Request, pk: UUID) -> HttpResponse:
    """Name a mentor that this person has found, who is then asked."""
    row = own_request(request, pk).row
    if row.stage not in findings.OPEN and request.method != "POST":
        return redirect("pairing:request", pk=pk)
    form = FindingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            findings_actions.find(row, form.cleaned_data["email"], at=timezone.now(), form=form.form_id)
        except findings_actions.OwnAddress:
            form.add_error("email", _("This is your own email address. Enter the address of the person you've found."))
        except findings_actions.TooMany:
            form.add_error("email", _("You've named 3 people today. You can name someone else tomorrow."))
        else:
            messages.success(request, _("We've asked them. You'll hear from us when they've answered."))
            return redirect("pairing:request", pk=pk)
    context = {"scheme": row.membership.scheme, "row": row, "form": form, "found": findings.finding_of(row)}
    return render(request, "pairing/finding.html", context, status=422 if form.is_bound else 200)
