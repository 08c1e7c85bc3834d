"""What else one could do when nobody is likely soon: the mentee chooses, and keeps the place in the queue."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ithaca.journeys.http import Request
from ithaca.journeys.pairing.opening import own_request
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import alternatives
from ithaca.records.mentorships.pairing.actions.requests import CannotAsk
from ithaca.records.mentorships.pairing.queries.waits import in_words, ranges_of
from ithaca.records.schemes.models import Scheme
from ithaca.tools.design.forms import Form, radios

WORDS = {
    "wait": (gettext_lazy("Go on waiting"), gettext_lazy("We go on looking, and write to you every two weeks.")),
    "one_off": (
        gettext_lazy("One conversation"),
        gettext_lazy("Someone listens to you once. More mentors have time for that. You may both go on from there."),
    ),
    "neighbour": (
        gettext_lazy("Ask in another scheme too"),
        gettext_lazy("You choose which, and say what we may pass on."),
    ),
    "groups": (
        gettext_lazy("A local group"),
        gettext_lazy("People in your own work who meet near you. The coordinator tells you of those they know."),
    ),
    "networks": (
        gettext_lazy("A business network"),
        gettext_lazy("People who lead in other kinds of work, such as a chamber of commerce. The coordinator helps."),
    ),
}
DONE = {
    "wait": gettext_lazy("You go on waiting, at the same place."),
    "one_off": gettext_lazy("You now ask for one conversation. Your place is the same."),
    "groups": gettext_lazy("The coordinator sees what you chose, and writes to you."),
    "networks": gettext_lazy("The coordinator sees what you chose, and writes to you."),
}


class AlternativeForm(Form):
    """One of the ways that are open."""

    code = radios(WORDS, label=gettext_lazy("What would you like to do?"))

    def __init__(self, *args: object, without: tuple[str, ...] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came
        field = self.fields["code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, words) for code, (words, _hint) in WORDS.items() if code not in without]


class ElsewhereForm(Form):
    """Which scheme, and the consent without which nothing goes there."""

    scheme = forms.ChoiceField(label=gettext_lazy("Which scheme?"), widget=forms.RadioSelect)
    consent = forms.BooleanField(
        label=gettext_lazy("Yes, its coordinators may see my name and what I chose in my request"),
    )

    def __init__(self, *args: object, schemes: list[Scheme], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came
        field = self.fields["scheme"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(scheme.slug, scheme.name) for scheme in schemes]
            field.hints = {scheme.slug: scheme.summary for scheme in schemes}  # type: ignore[attr-defined]  # read by design.fields


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Request, pk: UUID) -> HttpResponse:
    """Choose one of the ways."""
    row = own_request(request, pk).row
    without = () if _neighbours(row) else ("neighbour",)
    form = AlternativeForm(request.POST if request.method == "POST" else None, without=without)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        if code == "neighbour":
            return redirect("pairing:request_elsewhere", pk=pk)
        alternatives.choose(row, code, actor=request.actor.id, at=timezone.now(), form=form.form_id)
        messages.success(request, DONE[code])
        return redirect("pairing:request", pk=pk)
    if row.stage != "waiting":
        return redirect("pairing:request", pk=pk)
    context = {
        "scheme": row.membership.scheme,
        "row": row,
        "form": form,
        "wait": in_words(ranges_of(row.membership.scheme).get(row.membership.profession)),
    }
    return render(request, "pairing/alternatives.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def elsewhere(request: Request, pk: UUID) -> HttpResponse:
    """Ask in a neighbouring scheme, with consent."""
    row = own_request(request, pk).row
    schemes = _neighbours(row)
    if not schemes or (row.stage != "waiting" and request.method != "POST"):
        return redirect("pairing:request", pk=pk)
    form = ElsewhereForm(request.POST if request.method == "POST" else None, schemes=schemes)
    if form.is_bound and form.is_valid():
        there = next(scheme for scheme in schemes if scheme.slug == form.cleaned_data["scheme"])
        try:
            made = alternatives.ask_elsewhere(row, there, at=timezone.now(), form=form.form_id)
        except CannotAsk:
            form.add_error("scheme", _("Your place in that scheme is closed. Its coordinator can tell you why."))
        else:
            messages.success(request, _("Your answers are copied. Your place here stays as it is."))
            return redirect(_onward(made))
    context = {"scheme": row.membership.scheme, "row": row, "form": form}
    return render(request, "pairing/elsewhere.html", context, status=422 if form.is_bound else 200)


def _onward(made: MentoringRequest) -> str:
    """Joining comes first where that is still open; then the answers, to check and to send."""
    if made.membership.stage in ("draft", "correcting"):
        return reverse("joining:join", args=[made.membership.scheme.slug])
    return reverse("pairing:request", args=[made.pk])


def _neighbours(row: MentoringRequest) -> list[Scheme]:
    return alternatives.neighbours(row.membership.scheme, row.membership.profession)
