"""What one knows already: a mentor one has found, one that one has heard of, and whether one talk is enough."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ithaca.access import gate
from ithaca.journeys.http import Request
from ithaca.journeys.pairing.forms import ASKED_FOR, typed_over
from ithaca.journeys.pairing.opening import own_request
from ithaca.records.members.models import MentorStanding
from ithaca.records.members.queries.standings import listed_named, standing_at
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import findings as findings_actions
from ithaca.records.mentorships.pairing.actions import requests
from ithaca.records.mentorships.pairing.queries import findings
from ithaca.records.mentorships.pairing.queries.introductions import mentor_called
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.records.mentorships.rules.stages.pairing import EDITABLE
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.design.forms import Form, radios


class FoundForm(Form):
    """The address of someone who would be one's mentor."""

    email = forms.EmailField(
        label=gettext_lazy("Their email address"),
        help_text=gettext_lazy("One that they read themselves."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class KindForm(Form):
    """A mentor, or one conversation."""

    kind = radios(ASKED_FOR, label=gettext_lazy("What would you like?"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PrefersForm(Form):
    """A name to look for among those who agreed to be found, or an address that is never confirmed."""

    name = forms.CharField(
        label=gettext_lazy("Look for a name"),
        help_text=gettext_lazy("Mentors who agreed to be found by name. A part of the name is enough."),
        max_length=80,
        required=False,
    )
    mentor = forms.ChoiceField(label=gettext_lazy("Which of these?"), widget=forms.RadioSelect, required=False)
    address = forms.EmailField(
        label=gettext_lazy("Or their email address"),
        help_text=gettext_lazy("We do not say whether it belongs to a mentor. If it does, we think of them first."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, found: list[MentorStanding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mentor"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(row.pk), row.membership.user.name) for row in found]


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: Request, pk: UUID) -> HttpResponse:
    """I have found a mentor: say who, and they are asked."""
    row = own_request(request, pk).row
    if row.stage not in findings.OPEN and request.method != "POST":
        return redirect("pairing:request", pk=pk)
    form = FoundForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            findings_actions.find(row, form.cleaned_data["email"], at=timezone.now(), form=form.form_id)
        except findings_actions.OwnAddress:
            form.add_error("email", _("This is your own address. Give that of the person you have found."))
        except findings_actions.TooMany:
            form.add_error("email", _("You have named three people today. Name another tomorrow."))
        else:
            messages.success(request, _("We ask them. You hear from us when they have answered."))
            return redirect("pairing:request", pk=pk)
    context = {"scheme": row.membership.scheme, "row": row, "form": form, "found": findings.finding_of(row)}
    return render(request, "pairing/found.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: Request, pk: UUID) -> HttpResponse:
    """A mentor, or one conversation: it may be changed until two people are introduced."""
    row = gate.request(request.actor, pk, "edit").row
    if row.stage not in EDITABLE or (row.stage == "introducing" and request.method != "POST"):
        return redirect("pairing:request", pk=pk)
    initial = {"kind": "one_off" if row.one_off else "mentor", "version": row.version}
    form = KindForm(request.POST) if request.method == "POST" else KindForm(initial=initial)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            requests.change_kind(row, said["version"] or 0, one_off=said["kind"] == "one_off")
            return redirect("pairing:request", pk=pk)
        except ChangedMeanwhile:
            form, status = KindForm(initial={**initial, "kind": said["kind"], "version": row.version}), 409
            messages.info(request, _("This was changed in another window meanwhile. Save again to keep your choice."))
    return render(
        request, "pairing/kind.html", {"scheme": row.membership.scheme, "row": row, "form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def prefers(request: Request, pk: UUID) -> HttpResponse:
    """Someone one has heard of: looked for by name, or named by an address that is neither confirmed nor denied."""
    row = gate.request(request.actor, pk, "edit").row
    if row.stage not in EDITABLE:
        return redirect("pairing:request", pk=pk)
    said = answers_of(row)
    text = request.POST.get("name", "") if request.method == "POST" else ""
    people = listed_named(row.membership.scheme, text.replace("\0", "").strip()[:80], row.membership.user_id)
    initial = {"address": said.prefers_address, "version": row.version}
    form = (
        PrefersForm(request.POST, found=people) if request.method == "POST" else PrefersForm(initial=initial, found=[])
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
                form, status = PrefersForm(typed_over(request, row.version), found=people), 409
                messages.info(request, _("This was changed in another window meanwhile. Look, and save again."))
    named = mentor_called(said.prefers) if said.prefers and not said.prefers_address else ""
    context = {
        "scheme": row.membership.scheme,
        "row": row,
        "form": form,
        "people": people,
        "text": text,
        "named": named,
    }
    return render(request, "pairing/prefers.html", context, status=status)


def _preference(row: MentoringRequest, said: dict[str, Any]) -> dict[str, Any]:
    """The answers that a preference is: a name wins over an address, and an empty page is nobody."""
    if said["mentor"]:
        return {"prefers": UUID(said["mentor"]), "prefers_address": ""}
    address = said["address"].lower()
    standing = standing_at(row.membership.scheme, address) if address else None
    return {"prefers": standing.pk if standing else None, "prefers_address": address}
