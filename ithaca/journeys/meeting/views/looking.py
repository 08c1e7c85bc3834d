"""Looking at how it goes: one score for the scheme, the agreement on its day, the five phases of the way."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ithaca.access import gate
from ithaca.access.gate import NotFound, Opened
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.listening_forms import PhaseForm, RatingForm, ReviewForm
from ithaca.journeys.meeting.views.showing import press, show, unreadable
from ithaca.records import times
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.room.actions import agreement_reviews
from ithaca.records.mentorships.room.actions import pulse as pulse_actions
from ithaca.records.mentorships.room.actions.written_record import NoRecord
from ithaca.records.mentorships.room.queries import agreements, pulse, sides
from ithaca.records.mentorships.writing.actions import phases as phases_actions
from ithaca.records.mentorships.writing.queries import phases
from ithaca.tools.design.templatetags.design import day
from ithaca.tools.vault.errors import NotGranted, Tampered


def rate(request: Request, pk: UUID) -> HttpResponse:
    """How good it is for this person at the moment: counted for the scheme, joined to nobody."""
    opened = _rated(request, pk)
    form = RatingForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        return _answered(request, opened, int(form.cleaned_data["score"]))
    mine = sides.sides_of(opened.row, request.actor.id).mine
    waits = pulse.waits(mine, opened.row, times.london_date(timezone.now()))
    status = 422 if form is not None and waits else 200
    context = {"form": form or RatingForm(), "waits": waits, "passing": press("pass-by")}
    return show(request, "rating", opened.row, opened.party, status=status, **context)


@require_POST
def rate_not(request: Request, pk: UUID) -> HttpResponse:
    """Pass."""
    return _answered(request, _rated(request, pk), None)


def _rated(request: Request, pk: UUID) -> Opened[Mentorship]:
    opened = gate.mentorship(request.actor, pk, "read")
    if not opened.row.scheme.ratings:
        raise NotFound("ratings")
    return opened


def _answered(request: Request, opened: Opened[Mentorship], score: int | None) -> HttpResponse:
    pulse_actions.answer(opened.row.pk, score, opened.party, actor=request.actor.id, at=timezone.now())
    messages.success(request, _("Thank you."))
    return redirect("meeting:room", opened.row.pk)


def review(request: Request, pk: UUID) -> HttpResponse:
    """Look again at how the two work together: keep it, or change it."""
    opened = gate.mentorship(request.actor, pk, "read")
    at = timezone.now()
    today = times.london_date(at)
    agreement = agreements.in_force(opened.row)
    if agreement is None or opened.row.stage == "ended":
        return redirect("meeting:agreement", pk)
    form = ReviewForm(request.POST, today=today) if request.method == "POST" else None
    if form is not None and form.is_valid():
        again_on, once = form.cleaned_data["day"], form.form_id
        kept = agreement_reviews.keep(pk, again_on, opened.party, actor=request.actor.id, at=at, form=once)
        if not kept:
            messages.info(request, _("Another date was chosen just before yours, so we’ve kept that one."))
        elif again_on:
            messages.success(
                request,
                _("Saved. You’re keeping it as it is, and you’ll review it on %(day)s.") % {"day": day(again_on)},
            )
        else:
            messages.success(request, _("Saved. You’re keeping it as it is."))
        return redirect("meeting:room", pk)
    return show(
        request,
        "review",
        opened.row,
        opened.party,
        status=422 if form is not None else 200,
        form=form or ReviewForm(initial={"day": agreement_reviews.next_day(agreement, today)}, today=today),
        agreement=agreement,
        review_on=agreement.review_on,
        due=agreement_reviews.is_due(agreement, today),
    )


def way(request: Request, pk: UUID) -> HttpResponse:
    """Where the two are on the way, if they like to say so."""
    opened = gate.mentorship(request.actor, pk, "write" if request.method == "POST" else "read")
    if not opened.row.scheme.phases:
        raise NotFound("phases")
    form = PhaseForm(request.POST) if request.method == "POST" else None
    try:
        if form is not None and form.is_valid():
            return _stepped(request, opened, form)
        found = phases.phases_of(opened.row, request.actor.keyring)
    except (NotGranted, Tampered):
        return unreadable(request, opened)
    here = next((phase for phase in found if phase.here), None)
    return show(
        request,
        "way",
        opened.row,
        opened.party,
        status=422 if form is not None else 200,
        form=form or PhaseForm(initial={"phase": here.code if here else ""}),
        way=found,
        here=here,
        sides=sides.sides_of(opened.row, request.actor.id),
    )


def _stepped(request: Request, opened: Opened[Mentorship], form: PhaseForm) -> HttpResponse:
    keyring, at = request.actor.keyring, timezone.now()
    phase = form.cleaned_data["phase"]
    try:
        phases_actions.say(opened.row.pk, phase, opened.party, keyring=keyring, at=at, form=form.form_id)
        messages.success(request, _("Saved. You can change it whenever you like."))
    except NoRecord:
        messages.info(request, _("One of you has turned writing off, so we haven’t saved this."))
    return redirect("meeting:way", opened.row.pk)
